package io.modelgate.format;

import static java.util.stream.Collectors.joining;

import io.modelgate.finding.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What has been found out about one file so far. */
final class Notes {
    private static final int SHOWN_CALLS = 5;
    private static final int KEPT = 20;
    private static final int LONGEST = 200;

    private Optional<Format> format = Optional.empty();
    private boolean runsCode;
    private boolean saysNothing;
    private final Set<String> suspects = new LinkedHashSet<>();
    private final Set<String> classes = new LinkedHashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> needs = new LinkedHashSet<>();

    /** What it is; a later word replaces an earlier one. */
    void is(Format what) {
        format = Optional.of(what);
    }

    Optional<Format> format() {
        return format;
    }

    /** Loading it can run code that is in it, whatever is usual for its format. */
    void runsCode() {
        runsCode = true;
    }

    /** There is nothing to read in it. */
    void saysNothing() {
        saysNothing = true;
    }

    /** Whether loading it can run code that is in it. */
    boolean canRunCode() {
        return runsCode || format.map(Format::canRunCode).orElse(false);
    }

    /** A function or class that loading it would import or call. */
    void calls(PickleName name) {
        if (!name.isData()) {
            keep(name.isClassOfLibrary() ? classes : suspects, name.toString());
        }
    }

    /** Something else that loading it would call. */
    void calls(String name) {
        keep(suspects, name);
    }

    void problem(String sentence) {
        keep(problems, sentence);
    }

    /** A file that it refers to. */
    void needs(String path) {
        keep(needs, path);
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    /** Takes over what was found in a file that is packed in this one, except what that file is. */
    void include(Notes inner, String name) {
        runsCode |= inner.canRunCode();
        inner.suspects.forEach(each -> keep(suspects, each));
        inner.classes.forEach(each -> keep(classes, each));
        inner.needs.forEach(each -> keep(needs, each));
        inner.problems.forEach(each -> problem(name.isEmpty() ? each : "In " + Text.excerpt(name, 80) + ": " + each));
    }

    Examined examined() {
        List<String> calls = Stream.concat(suspects.stream(), classes.stream())
                .limit(SHOWN_CALLS)
                .toList();
        return new Examined(
                format.orElse(Format.UNKNOWN),
                canRunCode(),
                calls.isEmpty() ? Optional.empty() : Optional.of(calls.stream().collect(joining(", "))),
                List.copyOf(problems),
                List.copyOf(needs),
                saysNothing);
    }

    private static void keep(Set<String> words, String word) {
        if (words.size() < KEPT) {
            words.add(Text.excerpt(word, LONGEST));
        }
    }
}
