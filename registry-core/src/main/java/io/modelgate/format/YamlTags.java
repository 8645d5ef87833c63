package io.modelgate.format;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;

/** Tags in YAML that a loader which is not a safe one makes objects of Python from, or calls functions. */
final class YamlTags {
    private static final int LONGEST = 200;
    private static final String PYTHON = "python/";
    private static final String DIRECTIVE = "%TAG";

    private final Notes notes;
    private final StringBuilder tag = new StringBuilder();
    private boolean inTag;
    private int column;

    private YamlTags(Notes notes) {
        this.notes = notes;
    }

    /** Reads all of the bytes, in the encodings of YAML; says on the notes what could run, and returns whether there is any. */
    static boolean read(Bytes bytes, Notes notes) throws DamagedException {
        YamlTags tags = new YamlTags(notes);
        char[] buffer = new char[8192];
        boolean found = false;
        try (Reader reader = new BufferedReader(new InputStreamReader(new BytesInputStream(bytes), encoding(bytes)))) {
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    found |= tags.see(buffer[i]);
                }
            }
        } catch (IOException e) {
            if (e.getCause() instanceof DamagedException damage) {
                throw damage;
            }
            throw new DamagedException("Its text cannot be read.");
        }
        return tags.see('\n') || found;
    }

    static boolean isUtf16(Bytes bytes) throws DamagedException {
        return bytes.has(0, 0xff, 0xfe) || bytes.has(0, 0xfe, 0xff);
    }

    private static Charset encoding(Bytes bytes) throws DamagedException {
        return !isUtf16(bytes) ? UTF_8 : bytes.has(0, 0xff) ? UTF_16LE : UTF_16BE;
    }

    /** Takes one character; whether a tag ends with it that is one of Python, or a directive that gives tags other names. */
    private boolean see(char next) {
        boolean found = false;
        if (!inTag && next != '!' && next != '%' && column >= DIRECTIVE.length()) {
            column = isEndOfLine(next) ? 0 : column; // most of a text
            return false;
        }
        if (next <= ' ' || isEndOfLine(next)) {
            found = inTag && isSuspicious(tag.toString());
            inTag = false;
        } else if (next == '!' || (next == '%' && column == 0)) {
            found = inTag && isSuspicious(tag.toString());
            inTag = true;
            tag.setLength(0);
        }
        if (inTag && tag.length() < LONGEST) {
            tag.append(next);
        }
        column = isEndOfLine(next) ? 0 : next == '\ufeff' ? column : column + 1;
        return found;
    }

    private static boolean isEndOfLine(char character) {
        return character == '\n'
                || character == '\r'
                || character == '\u0085'
                || character == '\u2028'
                || character == '\u2029';
    }

    private boolean isSuspicious(String written) {
        if (written.equals(DIRECTIVE)) {
            notes.calls(DIRECTIVE);
            return true;
        }
        String decoded = written.indexOf('%') < 0 ? written : decoded(written);
        String name = decoded.substring(decoded.startsWith("!<") ? 2 : Math.min(1, decoded.length()));
        int python = name.indexOf("2002:" + PYTHON);
        if (!name.startsWith(PYTHON) && python < 0) {
            return false;
        }
        String called = name.substring(name.indexOf(PYTHON) + PYTHON.length());
        notes.calls(called.substring(called.indexOf(':') + 1).replace(">", ""));
        return true;
    }

    /** With {@code %70} in place of {@code p}, as in addresses. */
    private static String decoded(String written) {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            int high = i + 2 < written.length() ? Character.digit(written.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(written.charAt(i + 2), 16);
            boolean escaped = written.charAt(i) == '%' && low >= 0;
            decoded.append(escaped ? (char) (high << 4 | low) : written.charAt(i));
            i += escaped ? 2 : 0;
        }
        return decoded.toString();
    }
}
