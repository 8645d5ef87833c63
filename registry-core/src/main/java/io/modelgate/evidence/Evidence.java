package io.modelgate.evidence;

import io.modelgate.finding.Checked;
import io.modelgate.git.Snapshot;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Lifecycle;
import io.modelgate.manifest.LifecycleEntry;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.VersionId;
import io.modelgate.signature.SignatureBundle;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known about a version.
 *
 * @param model the model
 * @param version the manifest
 * @param manifestDigest of the bytes of the manifest
 * @param card the model card
 * @param measurements what was measured
 * @param signature {@code model.sig}, or what is wrong with it: that it can be read and is about these files says nothing of
 *     who made it
 * @param lifecycle what was said about the model's versions
 */
public record Evidence(
        Model model,
        ModelVersion version,
        Digest manifestDigest,
        Optional<Card> card,
        Measurements measurements,
        Optional<Checked<SignatureBundle>> signature,
        Optional<Lifecycle> lifecycle) {
    /** The names at the root of {@link #document}; {@code card} and {@code signature} are there only when the version has one. */
    public static final List<String> PARTS =
            List.of("model", "manifest", "card", "evaluations", "fairness", "signature", "lifecycle");

    /** Reads and fully checks everything in the directory of a version; all findings at once. */
    public static Checked<Evidence> of(Snapshot snapshot, VersionId id) {
        return new EvidenceReader(snapshot, id).read(EvidenceReader.Readers.FULL);
    }

    /** Reads what was checked against its schemas before it was merged; numbers and digests are compared here too. */
    public static Checked<Evidence> readTrusted(Snapshot snapshot, VersionId id) {
        return new EvidenceReader(snapshot, id).read(EvidenceReader.Readers.TRUSTED);
    }

    /** By name of the file. */
    public List<Evaluation> evaluations() {
        return measurements.evaluations();
    }

    /** By name of the file. */
    public List<FairnessReport> fairness() {
        return measurements.fairness();
    }

    public VersionId id() {
        return version.id();
    }

    /**
     * All of it as one document: {@code model}, {@code manifest}, {@code card}, {@code evaluations}, {@code fairness} with
     * the fields of their files, in {@code signature} what {@code model.sig} says of itself, and in {@code lifecycle} the entries about this version. Described by
     * {@code evidence-document.schema.json}.
     */
    public Node.Mapping document() {
        List<Node.Mapping> evaluated =
                evaluations().stream().map(Evaluation::toNode).toList();
        List<Node.Mapping> reports =
                fairness().stream().map(FairnessReport::toNode).toList();
        return new MappingBuilder()
                .put("model", model.toNode())
                .put("manifest", version.toNode())
                .put("card", card.map(Card::toNode))
                .put("evaluations", MappingBuilder.sequence(evaluated))
                .put("fairness", MappingBuilder.sequence(reports))
                .put("signature", signature.flatMap(Checked::value).map(SignatureBundle::toNode))
                .put("lifecycle", entries())
                .build();
    }

    private Node entries() {
        List<LifecycleEntry> about = lifecycle.stream()
                .flatMap(each -> each.entries().stream())
                .filter(each -> each.version().equals(id().version()))
                .toList();
        return new Lifecycle(id().model(), about).toNode().get("entries").orElseThrow();
    }
}
