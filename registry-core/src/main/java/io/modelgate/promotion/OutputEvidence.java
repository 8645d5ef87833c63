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
     * @return what was done, a line for each document, in order
     */
    public List<String> write(Imported imported, String dataset, Optional<Digest> about) {
        List<String> written = new ArrayList<>();
        for (FairnessReport report : imported.fairness()) {
            written.add(write("fairness", report.id(), Kind.FAIRNESS_REPORT, report.toNode()));
        }
        for (Evaluation evaluation : imported.evaluations()) {
            written.add(write("evaluations", evaluation.id(), Kind.EVALUATION, evaluation.toNode()));
        }
        imported.explanation().ifPresent(explanation -> written.add(explain(explanation, dataset, about)));
        return written;
    }

    /** The document without a subject: registering says which version it is. */
    static SourceFile withoutSubject(String path, Kind document, Node.Mapping fields) {
        MappingBuilder whole = new MappingBuilder();
        fields.entries().forEach((key, value) -> {
            if (!key.equals("subject")) {
                whole.put(key, value);
            }
        });
        return SourceFile.of(path, YamlWriter.write(document, whole.build()));
    }

    private String write(String kind, String id, Kind document, Node.Mapping fields) {
        Path file = folder.resolve(kind).resolve(id + ".yaml");
        if (Files.exists(file)) {
            throw RegistryException.conflict(file + " is there already.", "Choose another --id, or remove it.");
        }
        return save(file, withoutSubject(file.toString(), document, fields).text());
    }

    /** What the explanation that was written lacks, so that policies do not count it, and what gives it. */
    public List<String> missing(Explanation explanation, String dataset) {
        List<String> missing = new ArrayList<>();
        if (!facts().sayWhatIsExplained(explanation, dataset)) {
            boolean bare = !Files.isDirectory(folder.resolve("model"));
            missing.add("which artifact it explains: "
                    + (bare ? "put the files of the version into " + folder.resolve("model") + ", then " : "")
                    + "say --about <artifact>, such as --about model.onnx");
        }
        if (explanation.units().isEmpty()) {
            missing.add("the units of its numbers: write 'units', such as log-odds, into the file or under"
                    + " 'explainability' of facts.yaml");
        }
        if (explanation.features().stream().allMatch(each -> each.importance() == 0)) {
            missing.add("an input that matters: all have importance 0");
        }
        return missing;
    }

    private String explain(Explanation explanation, String dataset, Optional<Digest> about) {
        ExplainedFacts facts = facts();
        Path file = folder.resolve("facts.yaml");
        return facts.with(explanation, dataset, about)
                .map(text -> save(file, text))
                .orElse(file + " has this explanation already");
    }

    private ExplainedFacts facts() {
        Path file = folder.resolve("facts.yaml");
        try {
            return new ExplainedFacts(
                    Files.exists(file)
                            ? new SourceFile(file.toString(), Files.readAllBytes(file))
                            : SourceFile.of(file.toString(), ""));
        } catch (IOException e) {
            throw RegistryException.environment(file + " cannot be read.", "Check its permissions.", e);
        }
    }

    private static String save(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
            return "wrote " + file;
        } catch (IOException e) {
            throw RegistryException.environment(file + " cannot be written.", "Check its permissions.", e);
        }
    }
}
