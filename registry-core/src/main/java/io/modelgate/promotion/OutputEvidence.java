package io.modelgate.promotion;

import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.finding.RegistryException;
import io.modelgate.importer.Explanation;
import io.modelgate.importer.Imported;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Kind;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlWriter;
import io.modelgate.store.FileTree;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what was measured into the output of a training job, where registering finds it. What is there is never overwritten. */
public final class OutputEvidence {
    private final Path folder;

    /** @param folder the training output */
    public OutputEvidence(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw RegistryException.notFound(
                    folder + " is not a folder.", "Name the folder that the training job wrote its results to.");
        }
        this.folder = folder;
    }

    /** The digest of an artifact of the output; NOT_FOUND when it is not there. */
    public Digest artifact(String name) {
        Path file = folder.resolve("model").resolve(name).normalize();
        if (!file.startsWith(folder.resolve("model").normalize()) || !Files.isRegularFile(file)) {
            throw RegistryException.notFound(
                    "The training output has no artifact " + name + ".", "Name a file below " + folder + "/model.");
        }
        return FileTree.hash(file, Progress.NONE).get().get(0).digest();
    }

    /**
     * Writes the documents, without a subject: registering says which version it is.
     *
     * @param dataset what the explanation was computed on
     * @param about digest of the artifact that the explanation explains
     * @return the files that were written, in order
     */
    public List<Path> write(Imported imported, String dataset, Optional<Digest> about) {
        List<Path> written = new ArrayList<>();
        for (FairnessReport report : imported.fairness()) {
            written.add(write("fairness", report.id(), Kind.FAIRNESS_REPORT, report.toNode()));
        }
        for (Evaluation evaluation : imported.evaluations()) {
            written.add(write("evaluations", evaluation.id(), Kind.EVALUATION, evaluation.toNode()));
        }
        imported.explanation().ifPresent(explanation -> written.add(append(explanation, dataset, about)));
        return written;
    }

    private Path write(String kind, String id, Kind document, Node.Mapping fields) {
        MappingBuilder whole = new MappingBuilder();
        fields.entries().forEach((key, value) -> {
            if (!key.equals("subject")) {
                whole.put(key, value);
            }
        });
        Path file = folder.resolve(kind).resolve(id + ".yaml");
        if (Files.exists(file)) {
            throw RegistryException.conflict(file + " is there already.", "Choose another --id, or remove it.");
        }
        return save(file, YamlWriter.write(document, whole.build()));
    }

    private Path append(Explanation explanation, String dataset, Optional<Digest> about) {
        MappingBuilder entry = new MappingBuilder()
                .text("scope", "global")
                .text("method", explanation.method())
                .text("about", about)
                .text("dataset", dataset)
                .number("rows", explanation.rows())
                .text("units", explanation.units())
                .list(
                        "features",
                        explanation.features().stream()
                                .map(feature -> new MappingBuilder()
                                        .text("name", feature.name())
                                        .number("importance", BigDecimal.valueOf(feature.importance()))
                                        .build())
                                .toList());
        Path file = folder.resolve("facts.yaml");
        try {
            SourceFile facts = Files.exists(file)
                    ? new SourceFile(file.toString(), Files.readAllBytes(file))
                    : SourceFile.of(file.toString(), "");
            return save(file, appended(facts, entry.build()));
        } catch (IOException e) {
            throw RegistryException.environment(file + " cannot be read.", "Check its permissions.", e);
        }
    }

    private static String appended(SourceFile facts, Node.Mapping entry) {
        Node.Mapping alone =
                new MappingBuilder().list("explainability", List.of(entry)).build();
        if (facts.text().isBlank()) {
            return YamlWriter.write(alone);
        }
        try {
            return facts.text().contains("explainability:")
                    ? YamlWriter.withField(facts, List.of("explainability", "-"), entry)
                            .text()
                    : facts.text() + (facts.text().endsWith("\n") ? "" : "\n") + YamlWriter.write(alone);
        } catch (IllegalArgumentException e) {
            throw RegistryException.conflict(
                    facts.path() + " cannot be added to: " + e.getMessage() + ".", "Write its lists in block style.");
        }
    }

    private static Path save(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
            return file;
        } catch (IOException e) {
            throw RegistryException.environment(file + " cannot be written.", "Check its permissions.", e);
        }
    }
}
