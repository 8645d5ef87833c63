package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.host.ProposalText;
import io.modelgate.promotion.Submission;
import io.modelgate.report.OutputFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proposes a change that was made by hand: a branch, a commit, or the files of a folder. */
@Command(
        name = "propose",
        description = "Propose a change that you made by hand: policies, cards, waivers, configuration.",
        footer = {
            "",
            "From a clone: commit, 'git push <registry> HEAD:refs/heads/my-change', 'modelgate propose my-change'.",
            "From a folder that is no clone: its files become the whole registry."
        })
final class ProposeVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<change>", description = "A branch or commit of the registry's repository, or a folder.")
    private String change = "";

    @Option(
            names = {"-t", "--title"},
            required = true,
            paramLabel = "<text>",
            description = "What it does, in one line.")
    private String title = "";

    @Option(
            names = {"-m", "--message"},
            defaultValue = "",
            paramLabel = "<text>",
            description = "Why.")
    private String message = "";

    @Option(names = "--merge", description = "Merge by itself once the verdict is pass.")
    private boolean merge;

    @Mixin
    private RequesterOptions requesters = new RequesterOptions();

    @Override
    public Set<OutputFormat> formats() {
        return VERDICT;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        ProposalText text = Arguments.valid(() -> new ProposalText(title, message, "propose/" + change));
        Path folder = terminal.path(change);
        try (Registry opened = common.open(terminal)) {
            Registry registry = requesters.of(opened);
            return Submissions.show(terminal, common, registry, propose(registry, folder, text));
        }
    }

    private Submission propose(Registry registry, Path folder, ProposalText text) {
        if (!Files.isDirectory(folder)) {
            requesters.requireNone(change);
            return registry.propose(change, text, merge);
        }
        if (Files.exists(folder.resolve(".git"))) {
            throw RegistryException.usage(
                    folder + " is a clone; its files may be older than the registry.",
                    "Commit, push the commit as a branch to the registry, and propose the branch.");
        }
        return registry.propose(folder, text, merge);
    }
}
