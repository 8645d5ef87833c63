package io.modelgate.format;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Source of Python: what it imports, and what it calls outside of functions. */
final class PythonText {
    private static final Pattern INTERPRETER = Pattern.compile("\\bpython[0-9.]*\\b");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s+([\\w.]+)");
    private static final Pattern CALL = Pattern.compile("([A-Za-z_][\\w.]{0,100})\\(");
    private static final Set<String> NOT_CALLED = Set.of(
            "if",
            "while",
            "for",
            "import",
            "return",
            "and",
            "or",
            "not",
            "in",
            "with",
            "print_function",
            "assert",
            "elif");

    private PythonText() {}

    static boolean isNamed(Sample sample) {
        return sample.named(".py", ".pyw");
    }

    static boolean fits(Sample sample, String text) {
        return isNamed(sample)
                || text.lines()
                        .findFirst()
                        .filter(each -> each.startsWith("#!")
                                && INTERPRETER.matcher(each).find())
                        .isPresent();
    }

    static List<String> calls(String text) {
        Set<String> found = new LinkedHashSet<>();
        text.lines().filter(PythonText::runsOnLoading).forEach(line -> {
            Matcher imported = IMPORT.matcher(line);
            if (imported.lookingAt()) {
                found.add(imported.group(1)); // and on to what may come after it in the same line
            }
            Matcher called = CALL.matcher(line);
            while (called.find()) {
                if (!NOT_CALLED.contains(called.group(1))) {
                    found.add(called.group(1));
                }
            }
        });
        return new ArrayList<>(found);
    }

    private static boolean runsOnLoading(String line) {
        return !line.isEmpty()
                && !Character.isWhitespace(line.charAt(0))
                && !line.startsWith("#")
                && !line.startsWith("def ")
                && !line.startsWith("class ");
    }
}
