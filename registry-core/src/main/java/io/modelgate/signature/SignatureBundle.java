package io.modelgate.signature;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.store.FileDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code model.sig}: an OpenSSF Model Signing v1.0 bundle, read strictly. That it can be read says nothing about who made it;
 * {@link Trust} does. It is bound to a version by {@link #mismatches}.
 */
public final class SignatureBundle {
    /** The rule of findings about it. */
    public static final String RULE = "signature/bundle";

    /** What a bundle is, for those who keep files with their types. */
    public static final String MEDIA_TYPE = Envelope.MEDIA_TYPE;

    /** A bundle with more bytes is refused. */
    public static final int MOST_BYTES = RegistryPath.SignatureFile.MAX_BYTES;

    private static final int MOST_SHOWN = 5;

    private final Place place;
    private final Envelope envelope;

    SignatureBundle(Place place, Envelope envelope) {
        this.place = place;
        this.envelope = envelope;
    }

    /** Reads a bundle; what is wrong with it is one finding, the first. */
    public static Checked<SignatureBundle> read(SourceFile file) {
        Place place = Place.file(file.path());
        try {
            return Checked.of(new SignatureBundle(place, Envelope.read(file.bytes())));
        } catch (RefusedException e) {
            return Checked.refused(
                    Finding.block(RULE, place, "This is no signature of a model: " + e.getMessage() + ".", e.remedy()));
        }
    }

    /** Reads a bundle that must be about exactly these files, whoever made it. */
    public static Checked<SignatureBundle> read(SourceFile file, List<FileDigest> about) {
        return read(file).then(bundle -> Checked.of(bundle, bundle.mismatches(about)));
    }

    /** Where it is. */
    public Place place() {
        return place;
    }

    /** What its maker says it can be verified by. */
    public Credential credential() {
        return envelope.credential();
    }

    /** What was signed. */
    public SignedFiles files() {
        return envelope.files();
    }

    /** One finding when what was signed is not exactly these files: this signature is about something else. */
    public List<Finding> mismatches(List<FileDigest> there) {
        return mismatches(files().differences(there), "Sign the files of this version: 'modelgate sign'.");
    }

    /** The same for a folder: its files may have been changed since they were signed, and can be brought again. */
    public List<Finding> mismatchesOfFolder(List<FileDigest> there) {
        List<String> differences = files().differences(there);
        int unsigned = files().unsigned(there);
        List<String> remedies = new ArrayList<>();
        if (differences.size() > unsigned) {
            remedies.add(
                    "Get the files again: 'modelgate pull <version> --to <folder>'; with --verify-only it compares them.");
        }
        if (unsigned > 0) {
            remedies.add("Take away what was not signed, or leave it out with --ignore <path>.");
        }
        return mismatches(differences, String.join(" ", remedies));
    }

    private List<Finding> mismatches(List<String> differences, String remedy) {
        if (differences.isEmpty()) {
            return List.of();
        }
        int more = differences.size() - MOST_SHOWN;
        String shown = String.join("; ", differences.subList(0, Math.min(MOST_SHOWN, differences.size())));
        return List.of(Finding.block(
                "signature/files",
                place,
                "This signature is about other files: " + shown + (more > 0 ? "; and " + more + " more" : "") + ".",
                remedy));
    }

    /** Whether the key signed it. */
    boolean isBy(VerificationKey key) {
        return envelope.isBy(key);
    }

    /** What it says for a document: by what it can be verified, which is not yet who made it, and how many files. */
    public Node.Mapping toNode() {
        return new MappingBuilder()
                .put("claims", credential().toNode())
                .text("subject", files().subject())
                .number("files", files().files().size())
                .build();
    }
}
