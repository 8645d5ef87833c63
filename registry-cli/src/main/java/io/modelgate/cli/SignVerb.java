package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.report.OutputFormat;
import io.modelgate.signature.ModelFolder;
import io.modelgate.signature.SignedFiles;
import io.modelgate.signature.Signer;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs a version of the registry, or a folder, as OpenSSF Model Signing v1.0 says. */
@Command(
        name = "sign",
        description = "Sign the files of a version and propose its model.sig, or sign a folder or file.",
        footer = {
            "",
            "A version is signed by the digests of its manifest: its bytes need not be here. The bundle is",
            "that of OpenSSF Model Signing v1.0; the tool model-signing verifies it. See docs/signing.md."
        })
final class SignVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ProposingOptions proposing = new ProposingOptions();

    @Mixin
    private SigningOptions signing = new SigningOptions();

    @Parameters(
            paramLabel = "<model>",
            description = "A version, such as ns/name@1.4.0 or ns/name@uat, or a folder or file.")
    private String model = "";

    @Option(
            names = "--to",
            paramLabel = "<file>",
            description = "Write the signature there instead of proposing it. Needed for a folder or file.")
    private @Nullable String to;

    @Override
    public Set<OutputFormat> formats() {
        return to == null ? VERDICT : SENTENCES;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        return isVersion(terminal, model) ? version(terminal) : folder(terminal);
    }

    /** Whether it names a version and nothing that is here. */
    static boolean isVersion(Terminal terminal, String named) {
        return named.indexOf('@') > 0 && !Files.exists(terminal.path(named));
    }

    /** CONFLICT when the version has a signature: evidence is only ever added. */
    static void requireUnsigned(Registry registry, Resolved resolved) {
        String path = new RegistryPath.SignatureFile(resolved.version()).path();
        if (registry.snapshot().entry(path).isPresent()) {
            throw RegistryException.conflict(
                    resolved.version() + " has a signature already.",
                    "It stays as it is; look at it with 'modelgate signature verify " + resolved.version() + "'.");
        }
    }

    private ExitCode version(Terminal terminal) {
        try (Registry registry = common.open(terminal)) {
            Resolved resolved = registry.catalog().resolve(Arguments.parse(model, ModelReference::parse));
            String path = new RegistryPath.SignatureFile(resolved.version()).path();
            if (to == null) {
                requireUnsigned(registry, resolved);
            }
            List<FileDigest> files =
                    resolved.manifest().artifacts().stream().map(FileDigest::of).toList();
            SignedFiles what = SignedFiles.of(resolved.version().toString(), files);
            SourceFile signature = sign(terminal, what, path);
            if (to != null) {
                return write(terminal, signature);
            }
            return proposing.submit(
                    terminal, common, registry, () -> registry.planEvidence(resolved.version(), List.of(signature)));
        }
    }

    private ExitCode folder(Terminal terminal) {
        if (to == null) {
            throw RegistryException.usage(
                    "A folder has no proposal for its signature.", "Say where it goes: --to model.sig.");
        }
        Path root = terminal.path(model);
        ModelFolder folder = new ModelFolder(root, Progress.NONE);
        Checked<List<FileDigest>> files = folder.files(path -> !ModelFolder.isIn(ModelFolder.LEFT_OUT, path));
        Findings.show(terminal, files.findings());
        if (!files.ok()) {
            return ExitCode.FINDINGS;
        }
        if (files.get().isEmpty()) {
            throw RegistryException.usage(root + " has no files.", "Name a folder that has a model in it.");
        }
        SignedFiles what = folder.isOneFile()
                ? SignedFiles.oneFile(folder.name(), files.get().get(0).digest())
                : SignedFiles.of(folder.name(), files.get()).without(ModelFolder.LEFT_OUT);
        return write(terminal, sign(terminal, what, to));
    }

    private SourceFile sign(Terminal terminal, SignedFiles what, String path) {
        Signer signer = signing.signer(terminal);
        SourceFile signature = Arguments.valid(() -> signer.sign(what, path));
        terminal.say("Signed " + what.files().size() + (what.files().size() == 1 ? " file" : " files") + " with "
                + signer + ".");
        return signature;
    }

    private ExitCode write(Terminal terminal, SourceFile signature) {
        Path path = terminal.path(String.valueOf(to));
        try {
            Files.write(path, signature.bytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new RegistryException(
                    RegistryException.Kind.CONFLICT, path + " is there already.", "Choose another name.", e);
        } catch (IOException e) {
            throw RegistryException.environment(path + " cannot be written.", "Check the folder.", e);
        }
        terminal.data("wrote " + path);
        return ExitCode.OK;
    }
}
