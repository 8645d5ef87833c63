package io.modelgate.cli;

import io.modelgate.PolicyBench;
import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import io.modelgate.policy.SignatureCheck;
import io.modelgate.signature.ModelFolder;
import io.modelgate.signature.SignatureBundle;
import io.modelgate.signature.Trust;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies who signed a model, and that it is this one. */
@Command(
        name = "verify",
        description = "Verify the signature of a version, a folder or a file; 5 is the exit code when it is not good.",
        footer = {
            "",
            "A version is verified by the signature rules of its policies, or by --key and --root alone.",
            "A folder needs those. Links are refused. What the signer left out of a folder is left out here",
            "too, and listed; of a version nothing is."
        })
final class SignatureVerifyVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private TrustOptions trusted = new TrustOptions();

    @Parameters(
            paramLabel = "<model>",
            description = "A version, such as ns/name@prod or ns/name@1.4.0, or a folder or file.")
    private String model = "";

    @Option(
            names = "--signature",
            paramLabel = "<file>",
            description = "The signature; model.sig of the version or in the folder when absent.")
    private @Nullable String signature;

    @Option(
            names = "--ignore",
            paramLabel = "<path>",
            description = "A path in the folder that does not count. May be given often.")
    private List<String> ignored = new ArrayList<>();

    @Option(names = "--ignore-unsigned", description = "Files in the folder that were not signed do not count.")
    private boolean ignoreUnsigned;

    @Option(
            names = "--stage",
            paramLabel = "<stage>",
            description = "For a version: only the rules of this stage, not those of all.")
    private @Nullable String stage;

    @Override
    public ExitCode run(Terminal terminal) {
        return SignVerb.isVersion(terminal, model) ? version(terminal) : folder(terminal);
    }

    private ExitCode version(Terminal terminal) {
        try (Registry registry = common.read(terminal)) {
            Resolved resolved = registry.catalog().resolve(Arguments.parse(model, ModelReference::parse));
            Optional<Trust> trust = trusted.trust(terminal);
            if (trust.isEmpty()) {
                return byPolicies(terminal, registry, resolved);
            }
            requireNoStage();
            String path = new RegistryPath.SignatureFile(resolved.version()).path();
            SourceFile file = signature == null
                    ? registry.snapshot().read(path).orElseThrow(() -> unsigned(resolved))
                    : source(terminal.path(signature));
            List<FileDigest> files =
                    resolved.manifest().artifacts().stream().map(FileDigest::of).toList();
            return answer(terminal, Optional.of(resolved), SignatureBundle.read(file, files), trust.get(), List.of());
        }
    }

    private void requireNoStage() {
        if (stage != null) {
            throw RegistryException.usage(
                    "--stage chooses rules of policies, and none are asked here.",
                    "Leave it out, or leave out --key and --root for a version.");
        }
    }

    static RegistryException unsigned(Resolved resolved) {
        return RegistryException.notFound(
                resolved.version() + " is not signed.", "Sign it: 'modelgate sign " + resolved.version() + "'.");
    }

    private ExitCode byPolicies(Terminal terminal, Registry registry, Resolved resolved) {
        if (signature != null) {
            throw RegistryException.usage("--signature needs --key or --root.", "Say whose signatures count.");
        }
        try (PolicyBench bench = registry.policies(Optional.empty())) {
            Optional<Stage> chosen = stage == null ? resolved.stage() : Optional.of(Arguments.parse(stage, Stage::new));
            Checked<List<SignatureCheck>> judged = bench.signature(resolved.version(), chosen);
            Findings.show(terminal, judged.findings());
            if (!judged.ok()) {
                return ExitCode.FINDINGS;
            }
            if (judged.get().isEmpty()) {
                throw RegistryException.usage(
                        "No policy says whose signatures of " + resolved.version() + " count.",
                        "Give --key or --root, or write a rule 'signature'.");
            }
            List<Finding> problems = judged.get().stream()
                    .flatMap(check -> check.findings().stream())
                    .distinct()
                    .toList();
            SignatureAnswer answer = new SignatureAnswer(
                    Optional.of(resolved),
                    Optional.empty(),
                    signatureOf(registry, resolved),
                    judged.get(),
                    List.of(),
                    problems);
            Output.print(
                    terminal,
                    common.output(),
                    answer.toNode(),
                    () -> judged.get().stream().map(SignatureVerifyVerb::line).toList());
            Findings.show(terminal, problems);
            return answer.good() ? ExitCode.OK : ExitCode.INTEGRITY;
        }
    }

    private static Optional<SignatureBundle> signatureOf(Registry registry, Resolved resolved) {
        return registry.snapshot()
                .read(new RegistryPath.SignatureFile(resolved.version()).path())
                .flatMap(file -> SignatureBundle.read(file).value());
    }

    private static String line(SignatureCheck check) {
        RuleResult rule = check.rule();
        return (rule.outcome() == Outcome.PASS ? "ok    " : "fail  ") + rule.id() + " for "
                + check.stages().stream().map(Stage::name).collect(Collectors.joining(", ")) + ": "
                + rule.line().value() + "; asked is " + rule.line().bound();
    }

    private ExitCode folder(Terminal terminal) {
        requireNoStage();
        Trust trust = trusted.trust(terminal)
                .orElseThrow(
                        () -> RegistryException.usage("Nothing says whose signatures count.", "Give --key or --root."));
        Path root = terminal.path(model);
        ModelFolder folder = new ModelFolder(root, Progress.NONE);
        if (signature == null && folder.isOneFile()) {
            throw RegistryException.usage("Where is the signature of the file?", "Give --signature.");
        }
        Path file = signature == null ? root.resolve("model.sig") : terminal.path(signature);
        Checked<SignatureBundle> bundle = SignatureBundle.read(source(file));
        Set<String> left = new HashSet<>(ignored);
        if (file.startsWith(root) && !file.equals(root)) {
            left.add(root.relativize(file).toString().replace('\\', '/'));
        }
        Checked<SignatureBundle> bound = bundle.then(read -> folder.files(read.files(), left, ignoreUnsigned)
                .then(files -> Checked.of(read, read.mismatchesOfFolder(files))));
        return answer(
                terminal,
                Optional.empty(),
                bound,
                trust,
                bundle.value().map(read -> leftOut(root, read)).orElse(List.of()));
    }

    /** What is in the folder and was left out by the signer; paths that lead elsewhere are not looked at. */
    private static List<String> leftOut(Path root, SignatureBundle bundle) {
        return bundle.files().ignored().stream()
                .filter(each -> isThere(root, each))
                .sorted()
                .toList();
    }

    private static boolean isThere(Path root, String name) {
        try {
            Path path = root.resolve(name).normalize();
            return path.startsWith(root) && Files.exists(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private ExitCode answer(
            Terminal terminal,
            Optional<Resolved> version,
            Checked<SignatureBundle> bound,
            Trust trust,
            List<String> leftOut) {
        SignatureAnswer answer = bound.value()
                .map(bundle -> answer(
                        version, bundle, trust.check(bundle, terminal.clock().instant()), leftOut))
                .orElseGet(() -> new SignatureAnswer(
                        version,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        leftOut,
                        bound.findings().stream().filter(Finding::blocks).toList()));
        Findings.show(terminal, bound.findings());
        if (bound.ok()) {
            Findings.show(terminal, answer.problems());
        }
        Output.print(terminal, common.output(), answer.toNode(), () -> text(answer));
        if (answer.good() && !leftOut.isEmpty()) {
            terminal.say("The signer left out: " + String.join(", ", leftOut) + ".");
        }
        return answer.good() ? ExitCode.OK : ExitCode.INTEGRITY;
    }

    private static SignatureAnswer answer(
            Optional<Resolved> version, SignatureBundle bundle, Trust.Answer answer, List<String> leftOut) {
        if (answer instanceof Trust.Answer.Refused refused) {
            String remedy = version.isPresent() ? refused.remedyOfVersion() : refused.remedy();
            Finding why = Finding.block("signature/trust", bundle.place(), refused.message(), remedy);
            return new SignatureAnswer(
                    version, Optional.empty(), Optional.of(bundle), List.of(), leftOut, List.of(why));
        }
        String who = ((Trust.Answer.Signed) answer).who();
        return new SignatureAnswer(version, Optional.of(who), Optional.of(bundle), List.of(), leftOut, List.of());
    }

    private static List<String> text(SignatureAnswer answer) {
        return answer.signedBy()
                .map(who -> {
                    int files = answer.bundle().orElseThrow().files().files().size();
                    return List.of("Good: " + files + (files == 1 ? " file" : " files") + ", signed by " + who + ".");
                })
                .orElse(List.of());
    }

    static SourceFile source(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw RegistryException.notFound(path + " is not a file.", "Name the signature.");
            }
            if (Files.size(path) > SignatureBundle.MOST_BYTES) {
                throw RegistryException.integrity(path + " is too large for a signature.", "Sign fewer files.");
            }
            return new SourceFile(path.toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            throw RegistryException.environment(path + " cannot be read.", "Check its permissions.", e);
        }
    }
}
