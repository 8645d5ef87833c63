package io.modelgate.promotion;

import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.format.Examined;
import io.modelgate.format.Format;
import io.modelgate.format.FormatReader;
import io.modelgate.manifest.Artifact;
import io.modelgate.store.FileDigest;
import io.modelgate.store.FileTree;
import io.modelgate.store.Progress;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Tells names, sizes, digests and formats of the files of a version, on the machine that has them. */
public final class Hashing {
    private Hashing() {}

    /** The artifacts in code-point order of their names; what cannot be part of a version is a finding. */
    public static Checked<List<Artifact>> of(FileTree files, Progress progress) {
        return files.hash(progress)
                .then(digests -> Checked.of(digests.stream()
                        .map(digest ->
                                new Artifact(digest.path(), digest.digest(), digest.size(), format(files, digest)))
                        .toList()));
    }

    /** What the bytes are; nothing is said of what cannot be told. */
    private static Optional<String> format(FileTree files, FileDigest file) {
        try {
            return Optional.of(FormatReader.examine(files.file(file.path())))
                    .map(Examined::format)
                    .filter(format -> format != Format.UNKNOWN)
                    .map(Format::id);
        } catch (UncheckedIOException e) {
            throw RegistryException.environment(file.path() + " cannot be read.", "Check its permissions.", e);
        }
    }
}
