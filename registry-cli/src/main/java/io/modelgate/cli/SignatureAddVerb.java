package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.report.OutputFormat;
import io.modelgate.signature.SignatureBundle;
import io.modelgate.store.FileDigest;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Proposes a signature that was made elsewhere, such as by the tool model-signing. */
@Command(
        name = "add",
        description = "Propose a model.sig that was made elsewhere for a version; it must be about exactly its files.")
final class SignatureAddVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ProposingOptions proposing = new ProposingOptions();

    @Parameters(index = "0", paramLabel = "<version>", description = "Such as ns/name@1.4.0.")
    private String version = "";

    @Parameters(index = "1", paramLabel = "<file>", description = "The signature.")
    private String file = "";

    @Override
    public Set<OutputFormat> formats() {
        return VERDICT;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.open(terminal)) {
            Resolved resolved = registry.catalog().resolve(Arguments.parse(version, ModelReference::parse));
            SignVerb.requireUnsigned(registry, resolved);
            SourceFile given = SignatureVerifyVerb.source(terminal.path(file));
            List<FileDigest> files =
                    resolved.manifest().artifacts().stream().map(FileDigest::of).toList();
            Checked<SignatureBundle> bundle = SignatureBundle.read(given, files);
            Findings.show(terminal, bundle.findings());
            if (!bundle.ok()) {
                return ExitCode.INTEGRITY;
            }
            String path = new RegistryPath.SignatureFile(resolved.version()).path();
            return proposing.submit(
                    terminal,
                    common,
                    registry,
                    () -> registry.planEvidence(resolved.version(), List.of(new SourceFile(path, given.bytes()))));
        }
    }
}
