package io.modelgate.promotion;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import io.modelgate.store.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a training job left in a folder: {@code model/} with the artifacts, {@code card.md}, {@code facts.yaml},
 * {@code evaluations/*.yaml}, {@code fairness/*.yaml} and, for a new model, {@code model.yaml} here or one folder above.
 *
 * @param files the files of the version
 * @param documents what the job wrote down
 */
public record TrainingOutput(FileTree files, OutputDocuments documents) {
    private static final int MAX_DOCUMENT = 1 << 20;
    private static final int MAX_DOCUMENTS = 200;

    /** Reads the documents of a folder; the artifacts are only located. A missing folder is a RegistryException. */
    public static Checked<TrainingOutput> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw RegistryException.notFound(
                    folder + " is not a folder.", "Name the folder that the training job wrote its results to.");
        }
        List<Finding> findings = new ArrayList<>(UnreadFiles.in(folder));
        Optional<SourceFile> here = document(folder.resolve("model.yaml"), findings);
        Path above = folder.toAbsolutePath().normalize().getParent();
        Optional<FileTree> files = filesOf(folder, findings);
        OutputDocuments documents = new OutputDocuments(
                document(folder.resolve("card.md"), findings),
                document(folder.resolve("facts.yaml"), findings),
                here.isPresent() || above == null ? here : document(above.resolve("model.yaml"), findings),
                documents(folder.resolve("evaluations"), findings),
                documents(folder.resolve("fairness"), findings));
        return files.map(found -> Checked.of(new TrainingOutput(found, documents), findings))
                .orElseGet(() -> Checked.refused(findings));
    }

    private static Optional<FileTree> filesOf(Path folder, List<Finding> findings) {
        Path files = folder.resolve("model");
        if (!Files.exists(files, LinkOption.NOFOLLOW_LINKS)) {
            findings.add(Finding.block(
                    "register/no-artifacts",
                    Place.file(files.toString()),
                    "There is no folder 'model' with the files of the version.",
                    "Put the model's files into it."));
            return Optional.empty();
        }
        Checked<FileTree> found = FileTree.of(List.of(files));
        findings.addAll(found.findings());
        return found.value();
    }

    private static List<SourceFile> documents(Path folder, List<Finding> findings) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .limit(MAX_DOCUMENTS)
                    .toList();
            return sorted.stream()
                    .flatMap(file -> document(file, findings).stream())
                    .toList();
        } catch (IOException e) {
            throw RegistryException.environment(folder + " cannot be read.", "Check its permissions.", e);
        }
    }

    static Optional<SourceFile> document(Path file, List<Finding> findings) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_DOCUMENT) {
                findings.add(Finding.block(
                        "register/document",
                        Place.file(file.toString()),
                        "This is not a regular file of at most 1 MiB.",
                        "Put the document itself here; links are not followed."));
                return Optional.empty();
            }
            return Optional.of(new SourceFile(file.toString(), Files.readAllBytes(file)));
        } catch (IOException e) {
            throw RegistryException.environment(file + " cannot be read.", "Check its permissions.", e);
        }
    }
}
