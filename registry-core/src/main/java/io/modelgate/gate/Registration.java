package io.modelgate.gate;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.VersionId;
import java.util.List;
import java.util.Optional;

/**
 * A new version, and its model if that is new.
 *
 * @param version the version
 * @param paths the files that come with it
 */
record Registration(VersionId version, List<RegistryPath> paths) implements Change {
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
        namesake(context).ifPresent(judged::find);
        context.evidence(version, judged).ifPresent(evidence -> {
            if (evidence.card().isEmpty()) {
                judged.find(Finding.block(
                        "gate/no-card",
                        Place.file(new RegistryPath.CardFile(version).path()),
                        "The version has no model card.",
                        "Add card.md: what the model is for, what not, and where it is weak."));
            }
            context.verifyBytes(evidence, judged);
        });
        context.approvals(kind(), subject(), judged);
    }

    /** Two versions whose names differ in case alone would be one folder on some machines. */
    private Optional<Finding> namesake(GateContext context) {
        String own = version.version().toString();
        return context.target().list(RegistryPath.directory(version.model()) + "/versions").stream()
                .map(TreeEntry::name)
                .filter(name -> name.equalsIgnoreCase(own))
                .findFirst()
                .map(name -> Finding.block(
                        "gate/namesake",
                        Place.file(RegistryPath.directory(version)),
                        "There is a version " + name + " already; names must differ in more than case.",
                        "Choose another version."));
    }
}
