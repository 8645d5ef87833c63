package io.modelgate.git;

import io.modelgate.manifest.SourceFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Makes commits for tests. */
final class Writing {
    private Writing() {}

    /** A commit that holds exactly these files. */
    static CommitId commit(RegistryRepository repository, List<CommitId> parents, String... pathsAndTexts) {
        return commit(repository, repository.empty(), parents, pathsAndTexts);
    }

    /** A commit that holds the files of a tree and these. */
    static CommitId commit(
            RegistryRepository repository, Snapshot base, List<CommitId> parents, String... pathsAndTexts) {
        TreeMap<String, Optional<SourceFile>> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], Optional.of(SourceFile.of(pathsAndTexts[i], pathsAndTexts[i + 1])));
        }
        return repository.commit(repository.edit(base, new TreeEdit(files)), draft("Change\n", Instant.EPOCH, parents));
    }

    static CommitDraft draft(String message, Instant when, List<CommitId> parents) {
        return new CommitDraft(message, new Author("Ann", "ann@example.com"), when, parents);
    }
}
