package io.modelgate.cli;

import io.modelgate.PolicyBench;
import io.modelgate.Registry;
import io.modelgate.manifest.RegistryConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which policies are meant: those of a folder, of a proposal, of a branch or commit, or of the registry. */
final class PolicySource {
    @Parameters(
            paramLabel = "<policies>",
            arity = "0..1",
            description =
                    "A folder with a registry's files, the number of a proposal, or a branch. Default: this folder if it"
                            + " has a registry.yaml, otherwise the registry.")
    private @Nullable String what;

    static PolicySource named(@Nullable String what) {
        PolicySource source = new PolicySource();
        source.what = what;
        return source;
    }

    /** The folder whose files are meant, if any. */
    Optional<Path> folder(Terminal terminal) {
        Path folder = terminal.path(what == null ? "." : what);
        return Optional.of(folder).filter(each -> Files.isRegularFile(each.resolve("registry.yaml")));
    }

    /** Which policies were used, for people: {@code main at 1a2b3c4d5e} or {@code the folder .}. */
    String words(PolicyBench bench) {
        return bench.commit()
                .map(commit -> name(bench) + " at " + commit.abbreviated())
                .orElse("the folder " + (what == null ? "." : what));
    }

    private String name(PolicyBench bench) {
        String word = what;
        if (word == null) {
            return bench.config().value().map(RegistryConfig::branch).orElse("the registry");
        }
        return isProposal(word) ? "proposal " + word : word.matches("[0-9a-f]{40}") ? "commit" : word;
    }

    private static boolean isProposal(String word) {
        return word.matches("[0-9]{1,9}");
    }

    /** The policies; of the registry when no folder is meant. */
    PolicyBench open(Terminal terminal, CommonOptions common, Optional<Registry> registry) {
        Optional<Path> folder = folder(terminal);
        if (folder.isPresent()) {
            return PolicyBench.of(folder.get(), Sessions.of(terminal, common.as()));
        }
        Registry opened = registry.orElseThrow();
        return what != null && isProposal(what)
                ? opened.policies(Integer.parseInt(what))
                : opened.policies(Optional.ofNullable(what));
    }

    /** Runs something on the policies; the registry is opened only when it is needed. */
    ExitCode with(Terminal terminal, CommonOptions common, Use use) {
        if (folder(terminal).isPresent()) {
            try (PolicyBench bench = open(terminal, common, Optional.empty())) {
                return use.of(bench);
            }
        }
        try (Registry registry = common.read(terminal);
                PolicyBench bench = open(terminal, common, Optional.of(registry))) {
            return use.of(bench);
        }
    }

    /** What is done with policies. */
    interface Use {
        ExitCode of(PolicyBench bench);
    }
}
