package io.modelgate.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Text, told from its beginning. What it is beyond that is the only thing for which a name counts. */
final class TextFile implements Kind {
    private static final int HEAD = 1 << 20;
    private static final String LFS = "version https://git-lfs.github.com/spec/";
    private static final long LONGEST_YAML = 64L << 20;
    private static final int LONGEST_POINTER = 1024;

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Optional<String> head = text(sample.bytes());
        if (head.isPresent()) {
            read(sample, head.get(), notes);
        } else {
            seeOddYaml(sample, notes);
        }
    }

    private static void read(Sample sample, String text, Notes notes) throws DamagedException {
        if (text.startsWith(LFS) && !sample.bytes().reaches(LONGEST_POINTER)) {
            notes.is(Format.GIT_LFS_POINTER);
        } else if (!ScriptText.isNamed(sample) && text.startsWith("tree\nversion=")) {
            notes.is(Format.LIGHTGBM);
            checkLightgbm(sample.bytes());
        } else if (MlmodelText.fits(text)) {
            notes.is(Format.MLMODEL);
            MlmodelText.read(text, notes);
        } else if (PythonText.fits(sample, text)) {
            notes.is(Format.PYTHON_SOURCE);
            PythonText.calls(text).forEach(notes::calls);
        } else if (ScriptText.fits(sample, text)) {
            notes.is(Format.EXECUTABLE);
            ScriptText.calls(sample, text).forEach(notes::calls);
        } else if (PythonCode.fits(text)) {
            notes.is(Format.PYTHON_SOURCE);
            PythonText.calls(text).forEach(notes::calls);
        } else if (isNamedYaml(sample) || text.startsWith("---") || text.startsWith("%YAML")) {
            notes.is(Format.YAML);
            seeYaml(sample.bytes(), notes);
        } else {
            notes.is(isTable(text) ? Format.CSV : Format.TEXT);
            // YAML needs no name, but of what is packed no more is unpacked for that
            seeYaml(sample.depth() == 0 ? sample.bytes() : sample.bytes().part(0, HEAD), notes);
        }
    }

    private static boolean isNamedYaml(Sample sample) {
        return sample.named(".yaml", ".yml");
    }

    private static void seeYaml(Bytes bytes, Notes notes) throws DamagedException {
        if (YamlTags.read(bytes, notes)) {
            notes.runsCode();
        }
    }

    /** YAML in UTF-16, and what is YAML only for its first documents: a loader takes one after the other. */
    private static void seeOddYaml(Sample sample, Notes notes) throws DamagedException {
        boolean yaml = isNamedYaml(sample) || sample.bytes().has(0, "---") || YamlTags.isUtf16(sample.bytes());
        if (YamlTags.read(sample.bytes().part(0, yaml ? LONGEST_YAML : HEAD), notes)) {
            notes.is(Format.YAML);
            notes.runsCode();
        } else if (PythonText.isNamed(sample)) {
            notes.is(Format.PYTHON_SOURCE); // in another encoding, perhaps
        } else if (ScriptText.isNamed(sample)) {
            notes.is(Format.EXECUTABLE);
        }
    }

    /** The beginning of a text in UTF-8 without control characters. */
    private static Optional<String> text(Bytes bytes) throws DamagedException {
        byte[] head = bytes.slice(0, HEAD);
        boolean whole = head.length < HEAD;
        int end = head.length;
        while (!whole && end > HEAD - 4 && (head[end - 1] & 0xc0) == 0x80) {
            end--; // perhaps the middle of a character
        }
        if (!whole && (head[end - 1] & 0xc0) == 0xc0) {
            end--;
        }
        try {
            String text = UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(head, 0, end))
                    .toString();
            boolean plain = text.chars().allMatch(each -> each >= ' ' ? each != 0x7f : "\t\n\r\f".indexOf(each) >= 0);
            return plain ? Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** After the trees come the importances of the features and the parameters. */
    private static void checkLightgbm(Bytes bytes) throws DamagedException {
        long from = Math.max(0, bytes.size() - HEAD);
        if (!new String(bytes.slice(from, HEAD), UTF_8).contains("\nend of trees")) {
            throw new DamagedException("It is cut: its trees do not end.");
        }
    }

    private static boolean isTable(String text) {
        List<String> lines = text.lines().limit(5).toList();
        return lines.size() > 1
                && Stream.of(",", ";", "\t").anyMatch(each -> {
                    long columns = lines.get(0).split(each, -1).length;
                    return columns > 1 && lines.stream().allMatch(line -> line.split(each, -1).length == columns);
                });
    }
}
