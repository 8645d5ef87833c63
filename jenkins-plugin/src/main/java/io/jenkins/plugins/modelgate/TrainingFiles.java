package io.jenkins.plugins.modelgate;

import io.modelgate.promotion.Gathering;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a step is told to look for in the workspace, as it travels to the agent. Empty text says nothing.
 *
 * @param files patterns of the files of the version
 * @param evidence patterns of evaluations, fairness reports and reports of other tools
 * @param card the model card
 * @param facts what the job knows
 * @param description model.yaml of a new model
 * @param measured what reports of other tools were measured on
 */
record TrainingFiles(
        List<String> files, List<String> evidence, String card, String facts, String description, MeasuredOn measured)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    TrainingFiles {
        files = List.copyOf(files);
        evidence = List.copyOf(evidence);
    }

    /** Patterns with a comma or a line break between them; a comma in braces belongs to its pattern. */
    static List<String> patterns(String text) {
        return Arrays.stream((text == null ? "" : text).split("\\R|,(?![^{}]*\\})"))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** Reads what somebody typed; throws {@link IllegalArgumentException} with a message for people. */
    Gathering.Wanted wanted() {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("'files' names no file: write files: 'out/model.onnx'");
        }
        return new Gathering.Wanted(files, evidence, said(card), said(facts), said(description), measured.parse());
    }

    static Optional<String> said(String text) {
        return Optional.ofNullable(text).map(String::strip).filter(each -> !each.isEmpty());
    }
}
