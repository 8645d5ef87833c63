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
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** The key, in words. */
    private String signedWith = "";

    @Override
    public Set<OutputFormat> formats() {
        return to == null ? VERDICT : SENTENCES;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        if (to != null && proposing.isUsed()) {
            throw RegistryException.usage(
                    "--to writes the signature and proposes nothing.",
                    "Leave out --merge, --wait and --dry-run, or --to.");
        }
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
                return write(terminal, signature, what);
            }
            ExitCode code = proposing.submit(
                    terminal, common, registry, () -> registry.planEvidence(resolved.version(), List.of(signature)));
            if (!proposing.isDryRun() && (code == ExitCode.OK || code == ExitCode.PENDING)) {
                saySigned(terminal, what);
            }
            return code;
        }
    }

    private ExitCode folder(Terminal terminal) {
        Path root = terminal.path(model);
        ModelFolder folder = new ModelFolder(root, Progress.NONE);
        if (to == null) {
            throw RegistryException.usage(
                    "A folder has no proposal for its signature.", "Say where it goes: --to model.sig.");
        }
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
        return write(terminal, sign(terminal, what, to), what);
    }

    private SourceFile sign(Terminal terminal, SignedFiles what, String path) {
        Signer signer = signing.signer(terminal);
        signedWith = signer.toString();
        return Arguments.valid(() -> signer.sign(what, path));
    }

    /** Said once there is a signature: not after a refusal, and not of a plan. */
    private void saySigned(Terminal terminal, SignedFiles what) {
        int files = what.files().size();
        terminal.say("Signed " + files + (files == 1 ? " file" : " files") + " with " + signedWith + ".");
    }

    private ExitCode write(Terminal terminal, SourceFile signature, SignedFiles what) {
        Path path = terminal.path(String.valueOf(to));
        WrittenSignature.write(path, signature.bytes());
        saySigned(terminal, what);
        terminal.data("wrote " + path);
        return ExitCode.OK;
    }
}
