package io.modelgate.evidence;

import java.util.List;
import java.util.stream.Collectors;

/** The instructions of the Hugging Face template, which say nothing of any model, by how they start. */
final class TemplateSentences {
    private static final List<String> STARTS = List.of(
            "provide a quick summary of what the model is",
            "provide a longer summary of what this model is",
            "provide the basic links for the model",
            "address questions around how the model is intended to be used",
            "this section is for the model use without fine-tuning or plugging",
            "this section is for the model use when fine-tuned for a task",
            "this section addresses misuse, malicious use, and uses that",
            "this section is meant to convey",
            "this should link to a dataset card",
            "this relates heavily to the technical specifications",
            "this section provides information about throughput",
            "this section describes the evaluation protocols and provides",
            "these are the things the evaluation is disaggregating by",
            "these are the evaluation metrics being used, ideally",
            "relevant interpretability work for the model goes here",
            "total emissions (in grams of co2eq) and additional",
            "if there is a paper or blog post introducing the model",
            "if relevant, include terms and calculations in this section");

    /** Up to the end of the sentence. */
    static final String PATTERN = "(?i:"
            + STARTS.stream().map(TemplateSentences::spaced).collect(Collectors.joining("|")) + ")\\b[^.!?\\n]{0,250}";

    private TemplateSentences() {}

    private static String spaced(String sentence) {
        return sentence.replace("(", "\\(").replace(")", "\\)").replace(" ", "\\s{1,9}");
    }
}
