package io.modelgate.promotion;

import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.Subject;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Documents;
import io.modelgate.manifest.Kind;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlReader;
import io.modelgate.manifest.YamlWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Makes the files of what was measured from what a training job left. A document that does not say what it is about gets the
 * version as its subject; what is wrong is found where its owner wrote it.
 */
final class EvidenceFiles {
    private final Subject subject;
    private final Map<String, SourceFile> first = new HashMap<>();

    EvidenceFiles(Subject subject) {
        this.subject = subject;
    }

    /** Evaluations, then fairness reports. Two of one id would be one file, so the second is refused. */
    List<Checked<SourceFile>> of(OutputDocuments output) {
        List<Checked<SourceFile>> all = new ArrayList<>();
        output.evaluations().forEach(file -> all.add(read(file, Kind.EVALUATION, Evaluation::of)));
        output.fairness().forEach(file -> all.add(read(file, Kind.FAIRNESS_REPORT, FairnessReport::of)));
        return all;
    }

    private <T> Checked<SourceFile> read(
            SourceFile given, Kind kind, BiFunction<Node.Mapping, String, Checked<T>> check) {
        return YamlReader.read(given).then(node -> {
            Optional<String> id = node instanceof Node.Mapping mapping
                    ? mapping.get("id").filter(Node.Text.class::isInstance).map(text -> ((Node.Text) text).value())
                    : Optional.empty();
            return id.isEmpty()
                    ? Checked.refused(Finding.block(
                            "register/evidence",
                            node.place(),
                            "The document has no 'id'.",
                            "Give it one: its file in the registry will have that name."))
                    : read(given, (Node.Mapping) node, id.get(), kind, check);
        });
    }

    private <T> Checked<SourceFile> read(
            SourceFile given,
            Node.Mapping document,
            String id,
            Kind kind,
            BiFunction<Node.Mapping, String, Checked<T>> check) {
        String path;
        try {
            path = path(kind, id);
        } catch (IllegalArgumentException e) {
            return Checked.refused(Finding.block(
                    "register/evidence", document.keyPlace("id"), String.valueOf(e.getMessage()), "Correct the 'id'."));
        }
        SourceFile earlier = first.putIfAbsent(path, given);
        if (earlier != null) {
            return Checked.refused(sameId(document, id, earlier));
        }
        boolean whole = document.get("subject").isPresent();
        Node.Mapping complete = whole ? document : withSubject(document, kind);
        return Documents.check(kind, complete)
                .then(root -> check.apply(root, path))
                .then(read -> Checked.of(
                        whole
                                ? new SourceFile(path, given.bytes())
                                : SourceFile.of(path, YamlWriter.write(kind, bare(complete)))));
    }

    private String path(Kind kind, String id) {
        return kind == Kind.EVALUATION
                ? new RegistryPath.EvaluationFile(subject.version(), id).path()
                : new RegistryPath.FairnessFile(subject.version(), id).path();
    }

    private static Finding sameId(Node.Mapping document, String id, SourceFile earlier) {
        return Finding.block(
                "register/same-id",
                document.keyPlace("id"),
                "The id '" + id + "' is also that of " + earlier.path() + "; of the two, only one would be registered.",
                "Give each its own 'id', or remove one.");
    }

    /** The document with what it is about, and the kind that its folder says. All else stays in its place. */
    private Node.Mapping withSubject(Node.Mapping document, Kind kind) {
        Map<String, Node> entries = new LinkedHashMap<>();
        entries.put("apiVersion", new Node.Text(Place.NOWHERE, Kind.API_VERSION));
        entries.put("kind", new Node.Text(Place.NOWHERE, kind.word()));
        bare(document).entries().forEach((key, value) -> {
            entries.put(key, value);
            if (key.equals("id")) {
                entries.put("subject", about());
            }
        });
        return new Node.Mapping(document.place(), entries, document.keys());
    }

    private Node.Mapping about() {
        return new MappingBuilder()
                .text("model", subject.version().model())
                .text("version", subject.version().version())
                .text("digest", subject.digest())
                .build();
    }

    /** Without what a writer adds. */
    private static Node.Mapping bare(Node.Mapping document) {
        Map<String, Node> entries = new LinkedHashMap<>(document.entries());
        entries.remove("apiVersion");
        entries.remove("kind");
        return new Node.Mapping(document.place(), entries, document.keys());
    }
}
