package io.modelgate.promotion;

import io.modelgate.evidence.Subject;
import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.Snapshot;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Plans how what was measured later is added to a version that is registered. */
public final class AddingEvidence {
    private final Snapshot target;
    private final CommitId base;

    /** @param target the target branch at {@code base} */
    public AddingEvidence(Snapshot target, CommitId base) {
        this.target = target;
        this.base = base;
    }

    /** What evidence about this version is about; NOT_FOUND when it is not registered. */
    public Subject subject(VersionId version) {
        SourceFile manifest = target.read(new RegistryPath.ManifestFile(version).path())
                .orElseThrow(() -> RegistryException.notFound(
                        version + " is not registered.",
                        "Register it, or give the folder of the training output with --into."));
        return new Subject(
                version, Promoting.merged(ModelVersion.readTrusted(manifest)).rootDigest());
    }

    /** Plans to add these documents. One that is there already with the same bytes is left out; with others it is a conflict. */
    public Checked<Planned> plan(VersionId version, List<SourceFile> documents) {
        List<SourceFile> added = new ArrayList<>();
        for (SourceFile document : documents) {
            boolean there = target.read(document.path())
                    .map(old -> {
                        if (!old.digest().equals(document.digest())) {
                            throw RegistryException.conflict(
                                    document.path() + " is there already, with other bytes.",
                                    "Evidence is only ever added: choose another --id.");
                        }
                        return true;
                    })
                    .orElse(false);
            if (!there) {
                added.add(document);
            }
        }
        if (added.isEmpty()) {
            return Checked.of(new Planned.Nothing(version + " has this evidence already."));
        }
        String names = added.stream().map(AddingEvidence::name).collect(Collectors.joining(", "));
        return Checked.of(new Planned.Work(new Plan(
                "Add evidence to " + version + ": " + names,
                "",
                "evidence/" + version.model() + "/" + version.version() + "/" + names.replace(", ", "+"),
                base,
                added,
                List.of())));
    }

    private static String name(SourceFile document) {
        String file = document.path().substring(document.path().lastIndexOf('/') + 1);
        return file.replaceFirst("\\.yaml$", "");
    }
}
