package io.modelgate.manifest;

import java.math.BigDecimal;

/** Writes scalars on one line, quoting exactly what some reader would not read as this text. */
final class ScalarWriter {
    private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";
    private static final int LONGEST_PLAIN_NUMBER = 25;

    private ScalarWriter() {}

    static String text(String text) {
        return isPlain(text) ? text : quoted(text);
    }

    /** A number as JSON and YAML 1.1 both read it. */
    static String number(BigDecimal value) {
        if (Math.abs((long) value.scale()) + value.precision() <= LONGEST_PLAIN_NUMBER) {
            return value.toPlainString();
        }
        String text = value.toString();
        int exponent = text.indexOf('E');
        return exponent < 0 || text.lastIndexOf('.', exponent) >= 0
                ? text
                : text.substring(0, exponent) + ".0" + text.substring(exponent);
    }

    private static boolean isPlain(String text) {
        return PlainScalar.isText(text)
                && !text.equals("<<")
                && INDICATORS.indexOf(text.charAt(0)) < 0
                && !text.startsWith("...")
                && text.chars().noneMatch(each -> ",[]{}\n\t".indexOf(each) >= 0)
                && !text.contains(": ")
                && !text.contains(" #")
                && !text.endsWith(":")
                && !Character.isSpaceChar(text.codePointAt(0))
                && !Character.isSpaceChar(text.codePointBefore(text.length()))
                && Characters.isPlainlyVisible(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        boolean visible = Characters.isPlainlyVisible(text);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (visible || (point >= ' ' && point < 0x7F)) {
                        quoted.appendCodePoint(point);
                    } else {
                        quoted.append(point <= 0xFFFF ? "\\u%04x".formatted(point) : "\\U%08x".formatted(point));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
