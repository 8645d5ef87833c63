package io.modelgate.gate;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A new version, and its model if that is new.
 *
 * @param version the version
 * @param paths the files that come with it
 */
record Registration(VersionId version, List<RegistryPath> paths) implements Change {
    /** Its writer says what risk tier and labels it has, and so which policies apply. */
    private static final String NEW_MODEL = "model";

    Registration {
        paths = List.copyOf(paths);
    }

    @Override
    public String kind() {
        return ChangeKind.REGISTRATION.word();
    }

    @Override
    public String subject() {
        return version.toString();
    }

    @Override
    public void judge(GateContext context, Judged judged) {
        neighbours(context, judged);
        context.evidence(version, judged).ifPresent(evidence -> {
            if (evidence.card().isEmpty()) {
                judged.find(Finding.block(
                        "gate/no-card",
                        Place.file(new RegistryPath.CardFile(version).path()),
                        "The version has no model card.",
                        "Add card.md: what the model is for, what not, and where it is weak."));
            }
            if (context.verifyBytes(evidence, judged)) {
                context.compareFormats(evidence, judged);
            }
        });
        context.approvals(kind(), subject(), judged);
        if (paths.stream().anyMatch(RegistryPath.ModelFile.class::isInstance)) {
            context.approvals(NEW_MODEL, version.model().toString(), judged);
        }
    }

    /**
     * Two versions whose names differ in case alone would be one folder on some machines. One that is older than what is there
     * is allowed, for a mended old line, but may be a slip.
     */
    private void neighbours(GateContext context, Judged judged) {
        Place place = Place.file(RegistryPath.directory(version));
        List<String> names = context.target().list(RegistryPath.directory(version.model()) + "/versions").stream()
                .map(TreeEntry::name)
                .toList();
        String own = version.version().toString();
        names.stream()
                .filter(name -> name.equalsIgnoreCase(own))
                .findFirst()
                .ifPresent(name -> judged.find(Finding.block(
                        "gate/namesake",
                        place,
                        "There is a version " + name + " already; names must differ in more than case.",
                        "Choose another version.")));
        names.stream()
                .flatMap(name -> parsed(name).stream())
                .max(Comparator.naturalOrder())
                .filter(newest -> newest.compareTo(version.version()) > 0)
                .ifPresent(newest -> judged.find(Finding.warn(
                        "gate/older",
                        place,
                        "The newest version is " + newest + ", and this one is before it.",
                        "Go on if you mend an old line; otherwise choose a higher version.")));
    }

    private static Optional<Version> parsed(String name) {
        try {
            return Optional.of(Version.parse(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
