package io.modelgate.policy;

import io.modelgate.finding.Place;
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
    private static final int MOST = 100;

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
        Explained explained = new Explained(context);
        Place place = Place.file(new RegistryPath.ManifestFile(version.id()).path());
        List<Judgement.Problem> problems = new ArrayList<>();
        long globals = count(Scope.GLOBAL, global, explained, place, problems);
        long locals = count(Scope.LOCAL, local, explained, place, problems);
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
    private long count(Scope scope, long needed, Explained explained, Place place, List<Judgement.Problem> problems) {
        List<Explainability> all = explained.all();
        List<Judgement.Problem> incomplete = new ArrayList<>();
        long complete = 0;
        for (int i = 0; i < all.size(); i++) {
            Explainability each = all.get(i);
            if (each.scope() != scope) {
                continue;
            }
            List<String> missing = missing(each, explained);
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

    private List<String> missing(Explainability explanation, Explained explained) {
        List<String> missing = new ArrayList<>();
        if (!methods.isEmpty() && !methods.contains(explanation.method())) {
            missing.add("the policy counts only " + String.join(", ", methods));
        }
        missing.addAll(explained.missing(explanation));
        return missing;
    }
}
