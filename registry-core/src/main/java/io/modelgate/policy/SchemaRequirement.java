package io.modelgate.policy;

import io.modelgate.evidence.Evidence;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.EmbeddedSchema;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Suggestion;
import java.util.List;
import java.util.Optional;

/**
 * The whole evidence document matches a JSON Schema that the policy gives: the way out for what no other rule says.
 *
 * @param schema the schema
 */
record SchemaRequirement(EmbeddedSchema schema) implements Requirement {
    private static final int MOST_SHOWN = 20;

    static Optional<SchemaRequirement> of(Fields fields) {
        return fields.checked(EmbeddedSchema::of).map(SchemaRequirement::new);
    }

    @Override
    public String title() {
        return "evidence matches schema";
    }

    @Override
    public List<String> details() {
        return schema.words();
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        if (schema.isTrivial()) {
            return List.of(Doubt.neverFails("the schema says nothing that can be wrong"));
        }
        return schema.rootProperties().stream()
                .filter(each -> !Evidence.PARTS.contains(each))
                .map(each -> new Doubt(
                        "unknown-part",
                        "is about '" + each + "', which no evidence document has at its root"
                                + Suggestion.nearest(each, Evidence.PARTS)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("."),
                        "It has " + String.join(", ", Evidence.PARTS)
                                + "; see 'modelgate evidence show <model>@<version>'."))
                .toList();
    }

    @Override
    public String bound() {
        return "the policy's schema";
    }

    @Override
    public Judgement judge(JudgeContext context) {
        Place directory = Place.file(RegistryPath.directory(context.evidence().id()));
        List<Judgement.Problem> problems = schema.check(context.evidence().document()).stream()
                .limit(MOST_SHOWN)
                .map(finding -> problem(finding, directory))
                .toList();
        return Judgement.of(problems.isEmpty() ? "matches" : "does not match", bound(), directory, problems);
    }

    private static Judgement.Problem problem(Finding finding, Place directory) {
        return Judgement.Problem.of(
                finding.place().path().isEmpty() ? directory : finding.place(), finding.message(), finding.remedy());
    }
}
