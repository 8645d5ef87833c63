package io.modelgate.evidence;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.EntryMode;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.FindingList;
import io.modelgate.manifest.Lifecycle;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.VersionId;
import io.modelgate.signature.SignatureBundle;
import io.modelgate.store.FileDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Collects everything that a snapshot says about one version, and everything that is wrong with it. */
final class EvidenceReader {
    /** More files of one kind than this are refused. */
    static final int MOST_FILES = 200;

    /** More bytes than this, all files of a kind together, are refused: judging them would take too long. */
    static final long MOST_BYTES = 16 << 20;

    private final Snapshot snapshot;
    private final VersionId id;
    private final List<Finding> findings = new ArrayList<>();
    private final FindingList problems = new FindingList();

    EvidenceReader(Snapshot snapshot, VersionId id) {
        this.snapshot = snapshot;
        this.id = id;
    }

    /** How the documents are read: checked fully, or as what was checked before it was merged. */
    record Readers(
            Function<SourceFile, Checked<Model>> model,
            Function<SourceFile, Checked<ModelVersion>> version,
            Function<SourceFile, Checked<Evaluation>> evaluation,
            Function<SourceFile, Checked<FairnessReport>> fairness,
            Function<SourceFile, Checked<Lifecycle>> lifecycle) {
        static final Readers FULL =
                new Readers(Model::read, ModelVersion::read, Evaluation::read, FairnessReport::read, Lifecycle::read);
        static final Readers TRUSTED = new Readers(
                Model::readTrusted,
                ModelVersion::readTrusted,
                Evaluation::readTrusted,
                FairnessReport::readTrusted,
                Lifecycle::readTrusted);
    }

    Checked<Evidence> read(Readers readers) {
        String directory = RegistryPath.directory(id);
        Optional<Model> model = required(new RegistryPath.ModelFile(id.model()).path(), readers.model());
        String manifest = new RegistryPath.ManifestFile(id).path();
        Optional<ModelVersion> version = required(manifest, readers.version());
        Optional<Digest> manifestDigest = snapshot.read(manifest).map(SourceFile::digest);
        Optional<Card> card = optional(new RegistryPath.CardFile(id).path(), Card::read);
        List<Evaluation> evaluations = all(directory + "/evaluations", readers.evaluation());
        List<FairnessReport> fairness = all(directory + "/fairness", readers.fairness());
        Optional<Lifecycle> lifecycle =
                optional(new RegistryPath.LifecycleFile(id.model()).path(), readers.lifecycle());
        version.ifPresent(known -> {
            evaluations.forEach(each -> subject(each.measurement(), known));
            fairness.forEach(each -> subject(each.measurement(), known));
        });
        Optional<Checked<SignatureBundle>> signature = version.flatMap(this::signature);
        if (readers.equals(Readers.FULL)) {
            signature.ifPresent(each -> findings.addAll(each.findings()));
            Contradictions.find(evaluations, problems);
            card.ifPresent(each -> CardClaims.find(each, evaluations, problems));
            findings.addAll(Disagreements.find(evaluations, fairness));
        }
        findings.addAll(problems.list());
        if (findings.stream().anyMatch(Finding::blocks)) {
            return Checked.refused(findings);
        }
        return Checked.of(
                new Evidence(
                        model.orElseThrow(),
                        version.orElseThrow(),
                        manifestDigest.orElseThrow(),
                        card,
                        new Measurements(evaluations, fairness),
                        signature,
                        lifecycle),
                findings);
    }

    private void subject(Measurement measurement, ModelVersion version) {
        Digest measured = measurement.subject().digest();
        if (!measured.equals(version.rootDigest())) {
            problems.add(
                    "evidence/subject",
                    measurement.place(),
                    "this was measured on " + measured + ", but the artifacts of " + id + " are "
                            + version.rootDigest(),
                    "Measure this version; evidence about other bytes says nothing about it.");
        }
        findings.addAll(DatasetCheck.of(measurement, version));
    }

    /** What was merged before signatures were looked at may be anything: then it is not signed, and can still be read. */
    private Optional<Checked<SignatureBundle>> signature(ModelVersion version) {
        List<FileDigest> files =
                version.artifacts().stream().map(FileDigest::of).toList();
        return snapshot.entry(new RegistryPath.SignatureFile(id).path())
                .map(entry -> entry.mode() == EntryMode.FILE
                        ? SignatureBundle.read(snapshot.read(entry), files)
                        : Checked.refused(Finding.block(
                                SignatureBundle.RULE,
                                Place.file(entry.path()),
                                "This is not a regular file.",
                                "Put the signature itself here, without the executable bit.")));
    }

    private <T> Optional<T> required(String path, Function<SourceFile, Checked<T>> read) {
        if (snapshot.entry(path).isEmpty()) {
            problems.add(
                    "evidence/missing", Place.file(path), "there is no such file", "Add it: every version needs it.");
        }
        return optional(path, read);
    }

    private <T> Optional<T> optional(String path, Function<SourceFile, Checked<T>> read) {
        return snapshot.entry(path).flatMap(entry -> file(entry, read));
    }

    private <T> List<T> all(String directory, Function<SourceFile, Checked<T>> read) {
        List<TreeEntry> entries = snapshot.list(directory);
        if (entries.size() > MOST_FILES) {
            problems.add(
                    "evidence/limit",
                    Place.file(directory),
                    "there are " + entries.size() + " files here, at most " + MOST_FILES + " are read",
                    "Put the metrics of one run into one file.");
            return List.of();
        }
        long bytes = entries.stream()
                .filter(entry -> entry.mode() == EntryMode.FILE)
                .mapToLong(snapshot::size)
                .sum();
        if (bytes > MOST_BYTES) {
            problems.add(
                    "evidence/limit",
                    Place.file(directory),
                    "the files here have " + bytes + " bytes together, at most " + MOST_BYTES + " are read",
                    "Report what a policy asks for, and leave the rest to the tool that measured it.");
            return List.of();
        }
        return entries.stream().flatMap(entry -> file(entry, read).stream()).toList();
    }

    private <T> Optional<T> file(TreeEntry entry, Function<SourceFile, Checked<T>> read) {
        if (entry.mode() != EntryMode.FILE) {
            problems.add(
                    "evidence/file",
                    Place.file(entry.path()),
                    "this is not a regular file",
                    "Put the document itself here, without the executable bit.");
            return Optional.empty();
        }
        if (RegistryPath.of(entry.path()) instanceof RegistryPath.UnknownPath) {
            problems.add(
                    "evidence/file",
                    Place.file(entry.path()),
                    "a file of this name has no place here",
                    "Name it <id>.yaml, in lower-case letters, digits and hyphens.");
            return Optional.empty();
        }
        Checked<T> checked = read.apply(snapshot.read(entry));
        findings.addAll(checked.findings());
        return checked.value();
    }
}
