package io.modelgate.format;

import java.util.List;
import java.util.Optional;

/**
 * What the bytes of a file say about it.
 *
 * @param format what it is
 * @param canRunCode whether loading this very file can run code that is in it
 * @param calls what loading it would call or import, such as {@code os.getpid}; up to five, the most suspicious first
 * @param problems sentences about why it is not intact; empty when it is
 * @param needs files that it refers to, relative to its own folder, such as the weights beside an ONNX graph
 * @param saysNothing whether it is a text in which there is nothing to read: blanks, punctuation, zeros, single letters
 */
public record Examined(
        Format format,
        boolean canRunCode,
        Optional<String> calls,
        List<String> problems,
        List<String> needs,
        boolean saysNothing) {
    public Examined {
        problems = List.copyOf(problems);
        needs = List.copyOf(needs);
    }

    /** What is known of a file that is no text, or of which nobody asks what it says. */
    public Examined(
            Format format, boolean canRunCode, Optional<String> calls, List<String> problems, List<String> needs) {
        this(format, canRunCode, calls, problems, needs, false);
    }

    /** Whether nothing is wrong with it. */
    public boolean intact() {
        return problems.isEmpty();
    }
}
