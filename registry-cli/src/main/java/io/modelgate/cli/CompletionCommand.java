package io.modelgate.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code modelgate completion}: prints what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Print the completion script of a shell.",
        footer = {
            "",
            "  bash  source <(modelgate completion bash)",
            "  zsh   modelgate completion zsh > \"$${fpath[1]}/_modelgate\"",
            "  fish  modelgate completion fish > ~/.config/fish/completions/modelgate.fish"
        })
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Shell shell;

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        spec.commandLine().getOut().print(shell.script(root));
    }

    /** The shells that we can complete in. */
    enum Shell {
        bash {
            @Override
            String script(CommandLine root) {
                return AutoComplete.bash(root.getCommandName(), root);
            }
        },
        zsh {
            @Override
            String script(CommandLine root) {
                return ZshCompletion.of(root);
            }
        },
        fish {
            @Override
            String script(CommandLine root) {
                return FishCompletion.of(root);
            }
        };

        abstract String script(CommandLine root);
    }
}
