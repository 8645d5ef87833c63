package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.Subject;
import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.importer.ImportTool;
import io.modelgate.importer.Imported;
import io.modelgate.importer.Importer;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.OutputEvidence;
import io.modelgate.report.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads what another tool measured and writes it in our words, into a training output or as a proposal. */
@Command(
        name = "import",
        description =
                "Read what another tool measured, and write it into a training output or propose it for a version.",
        footer = {
            "",
            "Tools: fairlearn, aif360, aequitas, clarify, sklearn, mlflow, huggingface, shap, or auto: told by content.",
            "Metrics are computed again wherever counts are known. A file with a row per person is refused. What is dropped",
            "is listed. See docs/importing.md."
        })
final class EvidenceImportVerb implements Verb {
    private static final Subject LATER =
            new Subject(VersionId.parse("training/output@0.0.0"), Digest.of("not registered yet"));
    private static final int LONGEST = 16 << 20;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ProposingOptions proposing = new ProposingOptions();

    @Mixin
    private MeasuredOptions measured = new MeasuredOptions();

    @Parameters(index = "0", paramLabel = "<tool>", description = "Whose file it is, or auto.")
    private String tool = "";

    @Parameters(index = "1", paramLabel = "<file>", description = "The file.")
    private String file = "";

    @ArgGroup(multiplicity = "1")
    private Destination destination = new Destination();

    @Option(
            names = "--about",
            paramLabel = "<artifact>",
            description =
                    "For an explanation: the artifact of the training output that it explains, such as model.onnx.")
    private @Nullable String about;

    /** One of these. */
    static final class Destination {
        @Option(names = "--into", paramLabel = "<folder>", description = "The training output that will be registered.")
        private @Nullable String folder;

        @Option(
                names = "--version",
                paramLabel = "<version>",
                description = "A registered version, such as ns/name@1.4.0.")
        private @Nullable String version;
    }

    /** Into a folder it writes files, and says so in sentences; a proposal has a verdict. */
    @Override
    public Set<OutputFormat> formats() {
        return destination.folder == null ? VERDICT : SENTENCES;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        ImportTool named = Arguments.parse(tool, ImportTool::parse);
        SourceFile source = source(terminal.path(file));
        return destination.folder != null
                ? into(terminal, terminal.path(destination.folder), named, source)
                : propose(
                        terminal,
                        Arguments.parse(String.valueOf(destination.version), VersionId::parse),
                        named,
                        source);
    }

    private ExitCode into(Terminal terminal, Path folder, ImportTool named, SourceFile source) {
        OutputEvidence output = new OutputEvidence(folder);
        Optional<Digest> explained = Optional.ofNullable(about).map(output::artifact);
        Checked<Imported> imported = Importer.read(
                named, source, measured.context(LATER, terminal.clock().instant()));
        Findings.show(terminal, imported.findings());
        if (!imported.ok()) {
            return ExitCode.FINDINGS;
        }
        dropped(terminal, imported.get());
        output.write(imported.get(), measured.dataset(), explained).forEach(terminal::data);
        imported.get()
                .explanation()
                .map(explanation -> output.missing(explanation, measured.dataset()))
                .filter(missing -> !missing.isEmpty())
                .ifPresent(missing -> {
                    terminal.say("The explanation does not count yet. It lacks");
                    missing.forEach(each -> terminal.say("  " + each + "."));
                });
        return ExitCode.OK;
    }

    private ExitCode propose(Terminal terminal, VersionId version, ImportTool named, SourceFile source) {
        try (Registry registry = common.open(terminal)) {
            Checked<Imported> imported = Importer.read(
                    named,
                    source,
                    measured.context(registry.subject(version), terminal.clock().instant()));
            Findings.show(terminal, imported.findings());
            if (!imported.ok()) {
                return ExitCode.FINDINGS;
            }
            dropped(terminal, imported.get());
            List<SourceFile> documents = Stream.concat(
                            imported.get().fairness().stream().map(FairnessReport::toFile),
                            imported.get().evaluations().stream().map(Evaluation::toFile))
                    .toList();
            if (documents.isEmpty()) {
                throw RegistryException.usage(
                        "An explanation is part of the manifest, which never changes.",
                        "Import it into the training output of the next version, with --into.");
            }
            return proposing.submit(terminal, common, registry, () -> registry.planEvidence(version, documents));
        }
    }

    private static void dropped(Terminal terminal, Imported imported) {
        imported.dropped().forEach(sentence -> terminal.say("dropped: " + sentence));
    }

    private static SourceFile source(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw RegistryException.notFound(path + " is not a file.", "Name the file that the tool wrote.");
            }
            if (Files.size(path) > LONGEST) {
                throw RegistryException.usage(
                        path + " has more than 16 MiB.",
                        "A report about groups is small; this may have a row per person.");
            }
            return new SourceFile(path.toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            throw RegistryException.environment(path + " cannot be read.", "Check its permissions.", e);
        }
    }
}
