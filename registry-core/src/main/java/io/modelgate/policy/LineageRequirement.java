package io.modelgate.policy;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.Lineage;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * It is recorded what the version was made from.
 *
 * @param code whether the commit of the code is needed
 * @param run whether the training run is needed
 * @param datasets the roles of which a dataset is needed
 * @param digests whether those datasets need a digest
 */
record LineageRequirement(boolean code, boolean run, List<DatasetRole> datasets, boolean digests)
        implements Requirement {
    LineageRequirement {
        datasets = List.copyOf(datasets);
    }

    static Optional<LineageRequirement> of(Fields fields) {
        return Optional.of(new LineageRequirement(
                fields.bool("code", false),
                fields.bool("run", false),
                fields.parsedList("datasets", DatasetRole::parse),
                fields.bool("datasetDigests", false)));
    }

    @Override
    public String title() {
        return "lineage";
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        return code || run || !datasets.isEmpty()
                ? List.of()
                : List.of(Doubt.neverFails("it asks for nothing to be recorded, but that a base is registered"));
    }

    @Override
    public Judgement judge(JudgeContext context) {
        Place manifest =
                Place.file(new RegistryPath.ManifestFile(context.evidence().id()).path());
        Lineage lineage = context.evidence()
                .version()
                .facts()
                .lineage()
                .orElseGet(() -> new Lineage(Optional.empty(), List.of(), Optional.empty(), Optional.empty()));
        List<String> missing = new ArrayList<>();
        if (code && lineage.code().filter(LineageRequirement::isThere).isEmpty()) {
            missing.add("the commit of the code that trained it");
        }
        if (run && lineage.run().isEmpty()) {
            missing.add("the training run");
        }
        datasets.forEach(role -> missing.addAll(missing(role, lineage)));
        List<Judgement.Problem> problems = new ArrayList<>();
        missing.forEach(what -> problems.add(Judgement.Problem.of(
                manifest,
                "The manifest does not say " + what + ".",
                "Write it into the lineage of facts.yaml and register the next version.")));
        twice(lineage, manifest, problems);
        lineage.base()
                .filter(base -> !context.around().registered().test(base))
                .ifPresent(base -> problems.add(unknownBase(base, manifest)));
        return Judgement.of(
                problems.isEmpty() ? "recorded" : problems.size() + " missing", bound(), manifest, problems);
    }

    /** A commit of zeros is none. */
    private static boolean isThere(Lineage.Code code) {
        return !code.commit().chars().allMatch(each -> each == '0');
    }

    /** Data that a model was trained on say little about it when they test it too. */
    private static void twice(Lineage lineage, Place manifest, List<Judgement.Problem> problems) {
        List<Dataset> training = lineage.datasets().stream()
                .filter(each -> each.role() == DatasetRole.TRAIN)
                .toList();
        lineage.datasets().stream()
                .filter(each -> each.role() == DatasetRole.TEST)
                .filter(each -> training.stream().anyMatch(other -> isSame(each, other)))
                .forEach(each -> problems.add(Judgement.Problem.of(
                        manifest,
                        "By the lineage " + each.name() + " is training data and test data at once.",
                        "Test on data that training did not see.")));
    }

    private static boolean isSame(Dataset one, Dataset other) {
        return one.name().equals(other.name())
                || (one.digest().isPresent() && one.digest().equals(other.digest()));
    }

    private List<String> missing(DatasetRole role, Lineage lineage) {
        List<Dataset> known = lineage.datasets().stream()
                .filter(dataset -> dataset.role() == role)
                .toList();
        if (known.isEmpty()) {
            return List.of("the " + role.word() + " data");
        }
        return digests
                ? known.stream()
                        .filter(dataset -> dataset.digest().isEmpty())
                        .map(dataset -> "the digest of the " + role.word() + " data " + dataset.name())
                        .toList()
                : List.of();
    }

    private static Judgement.Problem unknownBase(VersionId base, Place manifest) {
        return Judgement.Problem.of(
                manifest,
                "The manifest names the base " + base + ", which is not registered.",
                "Register the base first: its licence and its limits go with what is made from it.");
    }

    @Override
    public String bound() {
        List<String> parts = new ArrayList<>();
        if (code) {
            parts.add("code");
        }
        if (run) {
            parts.add("run");
        }
        datasets.forEach(role -> parts.add(role.word() + " data"));
        return String.join(", ", parts) + (digests ? " with digests" : "");
    }
}
