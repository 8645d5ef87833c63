package io.modelgate.promotion;

import io.modelgate.evidence.Subject;
import io.modelgate.evidence.Task;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.importer.ImportContext;
import io.modelgate.importer.ImportTool;
import io.modelgate.importer.Imported;
import io.modelgate.importer.Importer;
import io.modelgate.importer.MeasuredAt;
import io.modelgate.importer.Population;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Kind;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.YamlReader;
import io.modelgate.store.FilePatterns;
import io.modelgate.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what a training job left in its folder by the names that somebody gives, instead of by the layout of
 * {@link TrainingOutput}. Reports of other tools are read on the way.
 */
public final class Gathering {
    private static final Subject LATER =
            new Subject(VersionId.parse("training/output@0.0.0"), Digest.of("not registered yet"));
    private static final int MOST_DOCUMENTS = 200;

    private final Path root;
    private final List<Finding> findings = new ArrayList<>();
    private final List<SourceFile> evaluations = new ArrayList<>();
    private final List<SourceFile> fairness = new ArrayList<>();

    private Gathering(Path root) {
        this.root = root;
    }

    /**
     * What to look for, as patterns or paths below one folder; see {@link FilePatterns}.
     *
     * @param files the files of the version
     * @param evidence our own evaluations and fairness reports, and reports of other tools
     * @param card the model card
     * @param facts what the job knows
     * @param model what a new model is for
     * @param measured what reports of other tools were measured on
     */
    public record Wanted(
            List<String> files,
            List<String> evidence,
            Optional<String> card,
            Optional<String> facts,
            Optional<String> model,
            Optional<Measured> measured) {
        public Wanted {
            files = List.copyOf(files);
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * What reports of other tools may not say of themselves. When they were measured is taken from their files.
     *
     * @param dataset on which data
     * @param task what the model does
     * @param population about whom
     * @param toolVersion which version of the tool wrote them
     */
    public record Measured(Dataset dataset, Task task, Population population, Optional<String> toolVersion) {}

    /** Finds all of it; what is missing, leads out of the folder or cannot be read is a finding. */
    public static Checked<TrainingOutput> in(Path root, Wanted wanted, Instant now) {
        return new Gathering(root).gather(wanted, now);
    }

    private Checked<TrainingOutput> gather(Wanted wanted, Instant now) {
        Checked<FileTree> files = FilePatterns.find(root, wanted.files());
        findings.addAll(files.findings());
        Optional<SourceFile> card = one(wanted.card());
        Optional<SourceFile> facts = one(wanted.facts());
        Optional<SourceFile> model = one(wanted.model());
        for (SourceFile file : all(wanted.evidence())) {
            evidence(file, wanted.measured(), now);
        }
        OutputDocuments documents = new OutputDocuments(card, facts, model, evaluations, fairness);
        return files.value()
                .filter(tree -> findings.stream().noneMatch(Finding::blocks))
                .map(tree -> Checked.of(new TrainingOutput(tree, documents), findings))
                .orElseGet(() -> Checked.refused(findings));
    }

    private Optional<SourceFile> one(Optional<String> path) {
        List<SourceFile> found = all(path.stream().toList());
        if (found.size() > 1) {
            findings.add(Finding.block(
                    "register/document",
                    Place.file(path.orElse("")),
                    "It stands for " + found.size() + " files, and one is wanted.",
                    "Name the file itself."));
        }
        return found.stream().findFirst();
    }

    private List<SourceFile> all(List<String> patterns) {
        if (patterns.isEmpty()) {
            return List.of();
        }
        Checked<FileTree> found = FilePatterns.find(root, patterns);
        findings.addAll(found.findings());
        List<Path> paths =
                found.value().map(tree -> List.copyOf(tree.files().values())).orElse(List.of());
        if (paths.size() > MOST_DOCUMENTS) {
            findings.add(Finding.block(
                    "register/document",
                    Place.file(String.join(", ", patterns)),
                    "That is more than " + MOST_DOCUMENTS + " documents.",
                    "Name those that reviewers need."));
            return List.of();
        }
        return paths.stream().flatMap(path -> document(path).stream()).toList();
    }

    /** Messages name it as the person did who wrote the pattern. */
    private Optional<SourceFile> document(Path path) {
        return TrainingOutput.document(path, findings)
                .map(file -> new SourceFile(
                        Files.exists(path) ? root.relativize(path).toString() : file.path(), file.bytes()));
    }

    private void evidence(SourceFile file, Optional<Measured> measured, Instant now) {
        Optional<String> kind = kind(file);
        if (kind.equals(Optional.of(Kind.EVALUATION.word()))) {
            evaluations.add(file);
        } else if (kind.equals(Optional.of(Kind.FAIRNESS_REPORT.word()))) {
            fairness.add(file);
        } else if (measured.isEmpty()) {
            findings.add(Finding.block(
                    "register/evidence",
                    Place.file(file.path()),
                    "This is a report of another tool, and nothing says which data it was measured on.",
                    "Name the data: --dataset 'german-credit-test'."));
        } else {
            imported(file, measured.get(), now);
        }
    }

    private Instant written(SourceFile file) {
        try {
            return Files.getLastModifiedTime(root.resolve(file.path()))
                    .toInstant()
                    .truncatedTo(ChronoUnit.SECONDS);
        } catch (IOException e) {
            throw RegistryException.environment(file.path() + " cannot be read.", "Check its permissions.", e);
        }
    }

    private static Optional<String> kind(SourceFile file) {
        return YamlReader.read(file)
                .value()
                .filter(Node.Mapping.class::isInstance)
                .flatMap(root -> ((Node.Mapping) root).get("kind"))
                .filter(Node.Text.class::isInstance)
                .map(text -> ((Node.Text) text).value());
    }

    private void imported(SourceFile file, Measured measured, Instant now) {
        ImportContext context = new ImportContext(
                id(file.path()),
                LATER,
                List.of(measured.dataset()),
                measured.task(),
                new MeasuredAt(Optional.of(written(file)), now),
                measured.toolVersion(),
                measured.population());
        Checked<Imported> read = Importer.read(ImportTool.AUTO, file, context);
        findings.addAll(read.findings());
        read.value().ifPresent(imported -> {
            imported.fairness()
                    .forEach(each -> fairness.add(
                            OutputEvidence.withoutSubject(file.path(), Kind.FAIRNESS_REPORT, each.toNode())));
            imported.evaluations()
                    .forEach(each -> evaluations.add(
                            OutputEvidence.withoutSubject(file.path(), Kind.EVALUATION, each.toNode())));
            imported.explanation()
                    .ifPresent(each -> findings.add(Finding.warn(
                            "register/explanation",
                            Place.file(file.path()),
                            "This explains the model, and explanations are part of the facts.",
                            "Say so before: 'modelgate evidence import shap " + file.path() + " --into <output>'.")));
            Stream.of(imported.dropped())
                    .filter(dropped -> !dropped.isEmpty())
                    .forEach(dropped -> findings.add(Finding.warn(
                            "register/dropped",
                            Place.file(file.path()),
                            dropped.size() + " things in it have no place in our words, such as: " + dropped.get(0),
                            "See all: 'modelgate evidence import auto " + file.path() + " --into <output>'.")));
        });
    }

    /** The name of the file as an id. */
    private static String id(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String plain = (dot > 0 ? name.substring(0, dot) : name)
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return plain.isEmpty()
                ? "report"
                : plain.substring(0, Math.min(plain.length(), 60)).replaceAll("-+$", "");
    }
}
