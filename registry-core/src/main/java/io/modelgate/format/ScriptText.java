package io.modelgate.format;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Scripts: told by their first line or their name, and lines of path files that Python runs whenever it starts. */
final class ScriptText {
    private static final String[] ENDINGS =
            (".bat .cmd .ps1 .psm1 .vbs .vbe .wsf .jse .hta .ahk .sh .bash .zsh .ksh .fish .csh .command"
                            + " .r .rmd .rprofile .jl .lua .rb .pl .pm .php .tcl .awk .groovy .kts .js .mjs .cjs .applescript")
                    .split(" ", -1);

    private static final Pattern BATCH = Pattern.compile("(?i)\\s*@echo[ \\t]+(off|on)\\b");

    /** As the module {@code site} tells such a line. */
    private static final Pattern RUN_AT_START = Pattern.compile("(?m)^import[ \\t].*");

    private ScriptText() {}

    static boolean isNamed(Sample sample) {
        return sample.named(ENDINGS);
    }

    static boolean fits(Sample sample, String text) {
        return text.startsWith("#!")
                || isNamed(sample)
                || BATCH.matcher(text).lookingAt()
                || (sample.named(".pth") && RUN_AT_START.matcher(text).find());
    }

    static List<String> calls(Sample sample, String text) {
        if (text.startsWith("#!")) {
            return List.of(text.lines().findFirst().orElse("").substring(2).strip());
        }
        return PythonText.calls(
                sample.named(".pth")
                        ? RUN_AT_START
                                .matcher(text)
                                .results()
                                .map(each -> each.group())
                                .collect(Collectors.joining("\n"))
                        : text);
    }
}
