package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import io.modelgate.finding.Text;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.ArtifactPaths;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RootDigest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.promotion.OutputDocuments;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an agent says it found, read as what a stranger wrote. Whether the bytes are there and so is for the gate to see.
 *
 * @param artifacts the files of the version, in code-point order of their names
 * @param documents what the job wrote down
 */
record Claimed(List<Artifact> artifacts, OutputDocuments documents) {
    private static final int MOST_FILES = 100_000;
    private static final int MOST_DOCUMENTS = 500;
    private static final long MOST_BYTES = 32L << 20;

    /** Parses it; what no honest agent sends ends the build. */
    static Claimed parse(Gathered said) throws AbortException {
        try {
            require(said);
            List<Artifact> artifacts = said.files().stream()
                    .map(FoundFile::artifact)
                    .sorted(Comparator.comparing(Artifact::path, RootDigest.PATH_ORDER))
                    .toList();
            ArtifactPaths.clashes(artifacts.stream().map(Artifact::path).toList()).stream()
                    .findFirst()
                    .ifPresent(clash -> {
                        throw new IllegalArgumentException(clash.message());
                    });
            return new Claimed(artifacts, documents(said.documents()));
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new AbortException("What the agent says it found cannot be used: "
                    + Text.excerpt(String.valueOf(e.getMessage()), 500) + ".");
        }
    }

    private static void require(Gathered said) {
        if (said.files().isEmpty() || said.files().size() > MOST_FILES) {
            throw new IllegalArgumentException(said.files().size() + " files, not 1 to " + MOST_FILES);
        }
        long bytes = said.documents().stream().mapToLong(FoundDocument::size).sum();
        if (said.documents().size() > MOST_DOCUMENTS || bytes > MOST_BYTES) {
            throw new IllegalArgumentException(said.documents().size() + " documents of " + bytes
                    + " bytes together, more than " + MOST_DOCUMENTS + " or than " + MOST_BYTES + " bytes");
        }
    }

    private static OutputDocuments documents(List<FoundDocument> all) {
        return new OutputDocuments(
                one(all, FoundDocument.Role.CARD),
                one(all, FoundDocument.Role.FACTS),
                one(all, FoundDocument.Role.MODEL),
                of(all, FoundDocument.Role.EVALUATION),
                of(all, FoundDocument.Role.FAIRNESS));
    }

    private static Optional<SourceFile> one(List<FoundDocument> all, FoundDocument.Role role) {
        List<SourceFile> found = of(all, role);
        if (found.size() > 1) {
            throw new IllegalArgumentException(found.size() + " documents where one is wanted");
        }
        return found.stream().findFirst();
    }

    private static List<SourceFile> of(List<FoundDocument> all, FoundDocument.Role role) {
        return all.stream()
                .filter(each -> each.role() == role)
                .map(FoundDocument::file)
                .toList();
    }

    Digest root() {
        return RootDigest.of(artifacts);
    }
}
