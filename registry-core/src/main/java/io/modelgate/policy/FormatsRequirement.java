package io.modelgate.policy;

import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.format.Examined;
import io.modelgate.format.Format;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.RegistryPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Every artifact has one of these formats, told from its bytes. What is not listed is denied.
 *
 * @param allow formats of files that cannot run code when they are loaded
 * @param allowCode formats of files that may
 */
record FormatsRequirement(Set<Format> allow, Set<Format> allowCode) implements Requirement {
    FormatsRequirement {
        allow = Collections.unmodifiableSet(new TreeSet<>(allow));
        allowCode = Collections.unmodifiableSet(new TreeSet<>(allowCode));
    }

    static Optional<FormatsRequirement> of(Fields fields) {
        int before = fields.findingCount();
        Set<Format> allow = new TreeSet<>(fields.parsedList("allow", Format::parse));
        Set<Format> allowCode = new TreeSet<>(fields.parsedList("allowCode", Format::parse));
        if (allow.isEmpty() && allowCode.isEmpty()) {
            if (fields.findingCount() == before) {
                fields.refuse("allow", "The rule allows no format.", "Write allow: [onnx, safetensors].");
            }
            return Optional.empty();
        }
        return Optional.of(new FormatsRequirement(allow, allowCode));
    }

    @Override
    public String title() {
        return "formats";
    }

    @Override
    public String bound() {
        return "only " + words(allow)
                + (allowCode.isEmpty() ? "" : (allow.isEmpty() ? "" : "; ") + "code in " + words(allowCode));
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        List<Doubt> doubts = new ArrayList<>();
        allow.stream()
                .filter(Format::canRunCode)
                .forEach(format -> doubts.add(new Doubt(
                        "format-runs-code",
                        "allows " + format + " without code, but every such file can run code: none would pass.",
                        "Write it under allowCode, or take it out.")));
        if (allow.contains(Format.UNKNOWN) || allowCode.contains(Format.UNKNOWN)) {
            doubts.add(new Doubt("format-unknown", "allows what nobody can tell.", "Take 'unknown' out."));
        }
        return doubts;
    }

    @Override
    public Judgement judge(JudgeContext context) {
        Place place =
                Place.file(new RegistryPath.ManifestFile(context.evidence().id()).path());
        List<Artifact> artifacts = context.evidence().version().artifacts();
        List<Examined> examined;
        try {
            examined = context.around().formats().of(context.evidence().version());
        } catch (RegistryException e) {
            return Judgement.fail(
                    "not examined", bound(), place, "The artifacts cannot be looked at: " + e.getMessage(), e.remedy());
        }
        Set<String> names = artifacts.stream().map(Artifact::path).collect(Collectors.toSet());
        List<Judgement.Problem> problems = new ArrayList<>();
        for (int i = 0; i < artifacts.size(); i++) {
            String path = artifacts.get(i).path();
            Examined file = examined.get(i);
            denied(path, file)
                    .ifPresent(message -> problems.add(
                            Judgement.Problem.of(place, message, "Store it in a format that the policy allows.")));
            file.problems()
                    .forEach(problem -> problems.add(Judgement.Problem.of(
                            place,
                            path + " is damaged: " + problem,
                            "Write the file again and register the next version.")));
            file.needs().stream()
                    .filter(needed -> !names.contains(beside(path, needed)))
                    .forEach(needed -> problems.add(Judgement.Problem.of(
                            place,
                            path + " needs " + needed + ", which is no artifact of this version.",
                            "Register it with the version: bytes that are not pinned may be any.")));
        }
        Set<Format> found = examined.stream().map(Examined::format).collect(Collectors.toCollection(TreeSet::new));
        return Judgement.of(words(found), bound(), place, problems);
    }

    private Optional<String> denied(String path, Examined file) {
        if (allowCode.contains(file.format()) || (allow.contains(file.format()) && !file.canRunCode())) {
            return Optional.empty();
        }
        String calls = file.calls().map(names -> " (it calls " + names + ")").orElse("");
        return Optional.of(path + " is " + file.format().title()
                + (file.canRunCode() ? ", and loading it can run code" + calls : "")
                + ", which the policy does not allow.");
    }

    private static String beside(String path, String needed) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? needed : path.substring(0, slash + 1) + needed;
    }

    private static String words(Set<Format> formats) {
        return formats.stream().map(Format::id).collect(Collectors.joining(", "));
    }
}
