package io.modelgate.policy;

import io.modelgate.evidence.Wording;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Explainability;
import io.modelgate.manifest.Explainability.Scope;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The manifest says how answers are explained, completely, and about the bytes of this version.
 *
 * @param global how many explanations of the whole model there must be
 * @param local how many ways to explain one answer there must be
 * @param methods the methods that count; any when empty
 */
record ExplainabilityRequirement(long global, long local, List<String> methods) implements Requirement {
    /** Shorter ones cannot name one input and its value. */
    private static final int SMALLEST_FILE = 16;

    private static final int MOST = 100;

    /** An address and a verb, at least. */
    private static final int FEWEST_WORDS = 2;

    ExplainabilityRequirement {
        methods = List.copyOf(methods);
    }

    static Optional<ExplainabilityRequirement> of(Fields fields) {
        long global = Bounds.integer(fields, "global", 1, MOST).orElse(0L);
        long local = Bounds.integer(fields, "local", 1, MOST).orElse(0L);
        if (!fields.has("global") && !fields.has("local")) {
            fields.refuse("methods", "The rule asks for no explanation.", "Write global: 1 or local: 1.");
            return Optional.empty();
        }
        return Optional.of(new ExplainabilityRequirement(global, local, fields.texts("methods")));
    }

    @Override
    public String title() {
        return "explainability";
    }

    @Override
    public List<String> details() {
        return methods.isEmpty() ? List.of() : List.of("only these methods count: " + String.join(", ", methods));
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        return context.measured().methods(methods);
    }

    @Override
    public String bound() {
        return "at least " + shown(global, local);
    }

    @Override
    public Judgement judge(JudgeContext context) {
        ModelVersion version = context.evidence().version();
        Place place = Place.file(new RegistryPath.ManifestFile(version.id()).path());
        List<Judgement.Problem> problems = new ArrayList<>();
        long globals = count(Scope.GLOBAL, global, version, place, problems);
        long locals = count(Scope.LOCAL, local, version, place, problems);
        return Judgement.of(shown(globals, locals), bound(), place, problems);
    }

    private String shown(long globals, long locals) {
        List<String> parts = new ArrayList<>();
        if (global > 0) {
            parts.add(globals + " global");
        }
        if (local > 0) {
            parts.add(locals + " local");
        }
        return String.join(", ", parts);
    }

    /** How many explanations count; when they are too few, what is missing in those that do not. */
    private long count(Scope scope, long needed, ModelVersion version, Place place, List<Judgement.Problem> problems) {
        List<Explainability> all = version.facts().explainability();
        List<Judgement.Problem> incomplete = new ArrayList<>();
        long complete = 0;
        for (int i = 0; i < all.size(); i++) {
            Explainability each = all.get(i);
            if (each.scope() != scope) {
                continue;
            }
            List<String> missing = missing(each, version);
            if (missing.isEmpty()) {
                complete++;
            } else {
                incomplete.add(Judgement.Problem.of(
                        place,
                        "explainability[" + i + "] (" + each.method() + ") does not count: "
                                + String.join("; ", missing) + ".",
                        "Complete it in facts.yaml and register the next version."));
            }
        }
        if (complete < needed) {
            String what = scope == Scope.GLOBAL ? "explanation of the whole model" : "way to explain one answer";
            problems.add(Judgement.Problem.of(
                    place,
                    "The manifest has " + complete + " complete " + what
                            + (methods.isEmpty() ? "" : " by " + String.join(" or ", methods)) + "; " + needed
                            + (needed == 1 ? " is" : " are") + " needed.",
                    "Add it under 'explainability' of facts.yaml and register the next version."));
            problems.addAll(incomplete);
        }
        return complete;
    }

    private List<String> missing(Explainability explanation, ModelVersion version) {
        List<String> missing = new ArrayList<>();
        if (!methods.isEmpty() && !methods.contains(explanation.method())) {
            missing.add("the policy counts only " + String.join(", ", methods));
        }
        Optional<Boolean> known = explanation
                .about()
                .artifact()
                .map(digest ->
                        version.artifacts().stream().map(Artifact::digest).anyMatch(digest::equals));
        if (known.isEmpty()) {
            missing.add("it does not say by 'about' which artifact it explains");
        } else if (!known.get()) {
            missing.add("'about' is no artifact of this version");
        }
        if (explanation.scope() == Scope.LOCAL) {
            if (explanation.how().isEmpty() && explanation.file().isEmpty()) {
                missing.add("it does not say how to get one");
            }
            explanation.how().filter(how -> !says(how)).ifPresent(how -> missing.add("'how' says nothing"));
            missing.addAll(emptyFile(explanation, version));
            return missing;
        }
        if (explanation.values().units().isEmpty()) {
            missing.add("it has no units");
        }
        if (explanation.about().dataset().isEmpty()) {
            missing.add("it does not name the dataset it was computed on");
        }
        if (explanation.values().features().isEmpty() && explanation.file().isEmpty()) {
            missing.add("it has neither features nor a file");
        }
        if (!explanation.values().features().isEmpty()
                && explanation.values().features().stream()
                        .allMatch(each -> each.importance().signum() == 0)) {
            missing.add("the importance of every feature is 0");
        }
        missing.addAll(emptyFile(explanation, version));
        return missing;
    }

    private static boolean says(String text) {
        Wording wording = Wording.of(text);
        return !wording.placeholder() && wording.distinct() >= FEWEST_WORDS;
    }

    /** A file that explains the model is another than the model, and longer than an empty document. */
    private static List<String> emptyFile(Explainability explanation, ModelVersion version) {
        Optional<Artifact> file = explanation
                .file()
                .flatMap(path -> version.artifacts().stream()
                        .filter(each -> each.path().equals(path))
                        .findFirst());
        if (file.isPresent() && explanation.about().artifact().equals(file.map(Artifact::digest))) {
            return List.of("its file is the very artifact that it explains");
        }
        return file
                .filter(each -> each.size() < SMALLEST_FILE)
                .map(each -> "its file " + each.path() + " has " + each.size() + " bytes and explains nothing")
                .stream()
                .toList();
    }
}
