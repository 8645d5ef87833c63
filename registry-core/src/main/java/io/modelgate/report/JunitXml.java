package io.modelgate.report;

import io.modelgate.finding.Text;
import java.util.List;

/** Writes what CI servers read: JUnit XML, one suite. */
final class JunitXml {
    private JunitXml() {}

    /**
     * A test case.
     *
     * @param group what it belongs to
     * @param name its name
     * @param failures why it failed; empty when it passed
     * @param type a word for the failure
     */
    record Case(String group, String name, List<String> failures, String type) {
        Case {
            failures = List.copyOf(failures);
        }
    }

    static String of(String suite, List<Case> cases) {
        long failed = cases.stream().filter(each -> !each.failures().isEmpty()).count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuites name=\"modelgate\" tests=\"")
                .append(cases.size())
                .append("\" failures=\"")
                .append(failed);
        xml.append("\">\n  <testsuite name=\"modelgate.").append(escape(suite)).append("\" tests=\"");
        xml.append(cases.size()).append("\" failures=\"").append(failed).append("\" errors=\"0\" skipped=\"0\">\n");
        cases.forEach(each -> write(each, xml));
        return xml.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static void write(Case each, StringBuilder xml) {
        xml.append("    <testcase classname=\"modelgate.")
                .append(escape(each.group()))
                .append("\" name=\"");
        xml.append(escape(each.name())).append('"');
        if (each.failures().isEmpty()) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n      <failure type=\"").append(escape(each.type())).append("\" message=\"");
        xml.append(escape(each.failures().get(0))).append("\">").append(escape(String.join("\n", each.failures())));
        xml.append("</failure>\n    </testcase>\n");
    }

    /** What XML 1.0 cannot hold at all is written as words, everything else by references where need be. */
    private static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (String line : text.split("\n", -1)) {
            if (safe.length() > 0) {
                safe.append("&#10;");
            }
            Text.printable(line).codePoints().forEach(point -> {
                switch (point) {
                    case '<' -> safe.append("&lt;");
                    case '>' -> safe.append("&gt;");
                    case '&' -> safe.append("&amp;");
                    case '"' -> safe.append("&quot;");
                    case '\'' -> safe.append("&#39;");
                    default -> safe.appendCodePoint(point);
                }
            });
        }
        return safe.toString();
    }
}
