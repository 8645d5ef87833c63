package io.modelgate.manifest;

import io.modelgate.finding.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Turns the bytes of a file into text, strictly. */
public final class Utf8 {
    private static final String REMEDY = "Save the file as UTF-8 without a byte order mark.";

    private Utf8() {}

    /** The text without a byte order mark; empty, with a finding, when the bytes are not UTF-8. */
    public static Optional<String> decode(SourceFile file, FindingList findings) {
        byte[] bytes = file.bytes();
        if (isWide(bytes)) {
            findings.add("yaml/encoding", Place.at(file.path(), 1, 1), "the file is UTF-16 or UTF-32", REMEDY);
            return Optional.empty();
        }
        int start = 0;
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            findings.add(
                    "yaml/byte-order-mark",
                    Place.at(file.path(), 1, 1),
                    "the file starts with a byte order mark",
                    REMEDY);
            start = 3;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes, start, bytes.length - start), text, true);
        String decoded = text.flip().toString();
        if (result.isError()) {
            findings.add("yaml/encoding", endOf(file.path(), decoded), "the bytes here are not UTF-8", REMEDY);
            return Optional.empty();
        }
        return Optional.of(decoded);
    }

    private static boolean isWide(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        boolean marked = (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
                || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE);
        return marked || bytes[0] == 0 || bytes[1] == 0;
    }

    private static Place endOf(String path, String text) {
        int line = 1 + (int) text.chars().filter(each -> each == '\n').count();
        String last = text.substring(text.lastIndexOf('\n') + 1);
        return Place.at(path, line, 1 + last.codePointCount(0, last.length()));
    }
}
