package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitId;
import io.modelgate.host.Proposal;
import io.modelgate.host.RetargetedException;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a proposal, a range of commits, or the files of a folder, and says why. */
@Command(
        name = "verify",
        description = "Judge a proposal, a range of commits, or the files of a folder, and say why.",
        footer = {
            "",
            "A proposal is judged with its reviews; a range as if nobody had reviewed it. A folder is checked as a whole",
            "registry, before anything is committed: every file valid and in its place, every policy test passing."
        })
final class VerifyVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "<what>",
            arity = "0..1",
            defaultValue = ".",
            description = "Number of a proposal, <base>..<head>, or a folder. Default: this folder.")
    private String what = ".";

    @Option(names = "--publish", description = "For a proposal: also set the status and the comment on the host.")
    private boolean publish;

    @Option(
            names = "--built",
            paramLabel = "<commit>",
            description =
                    "With --publish: the commit that a merge queue or a CI server built, which gets the status too if it is"
                            + " exactly the merge that was judged.")
    private @Nullable String built;

    @Override
    public Set<OutputFormat> formats() {
        return VERDICT;
    }

    /** The files of a folder get no verdict. */
    @Override
    public Set<OutputFormat> formats(Terminal terminal) {
        return isNumber() || isRange(terminal) ? VERDICT : SENTENCES;
    }

    private boolean isNumber() {
        return what.matches("[0-9]{1,9}");
    }

    private boolean isRange(Terminal terminal) {
        return what.indexOf("..") > 0 && !Files.isDirectory(terminal.path(what));
    }

    @Override
    public ExitCode run(Terminal terminal) {
        if (isNumber()) {
            return proposal(terminal, Integer.parseInt(what));
        }
        if (isRange(terminal)) {
            int dots = what.indexOf("..");
            return range(terminal, what.substring(0, dots), what.substring(dots + 2));
        }
        Path folder = terminal.path(what);
        if (Files.isRegularFile(folder.resolve("registry.yaml"))) {
            return folder(terminal, folder);
        }
        throw RegistryException.notFound(
                "'" + what + "' is no proposal, no range of commits and no folder with a registry.yaml.",
                "Write a number such as 4, main..my-change, or the folder of a registry's files.");
    }

    private ExitCode proposal(Terminal terminal, int number) {
        try (Registry registry = common.open(terminal)) {
            Proposal proposal = read(registry, number);
            if (proposal.state() != Proposal.State.OPEN) {
                throw RegistryException.conflict(
                        "Proposal " + number + " is " + proposal.state().word() + ".",
                        "See it: 'modelgate proposals " + number + "'.");
            }
            Verdict verdict = registry.judge(proposal);
            terminal.out().print(Report.render(verdict, common.output(), OptionalInt.of(number)));
            if (publish) {
                registry.publish(proposal, verdict);
                if (built != null) {
                    registry.publish(proposal, verdict, Arguments.parse(built, CommitId::new));
                }
            } else if (built != null) {
                throw RegistryException.usage("--built goes with --publish.", "Add --publish, or leave it out.");
            }
            return ProposingOptions.code(verdict);
        }
    }

    /** A verdict that was published while the proposal was for the registry's branch is taken back when it no longer is. */
    private Proposal read(Registry registry, int number) {
        try {
            return registry.proposal(number);
        } catch (RetargetedException e) {
            if (publish) {
                registry.takeBack(e);
            }
            throw e;
        }
    }

    private ExitCode range(Terminal terminal, String base, String head) {
        try (Registry registry = common.open(terminal)) {
            Verdict verdict = registry.judge(base, head);
            terminal.out().print(Report.render(verdict, common.output()));
            return ProposingOptions.code(verdict);
        }
    }

    private ExitCode folder(Terminal terminal, Path folder) {
        List<Finding> findings = Registry.check(folder, Sessions.of(terminal, common.as()));
        ExitCode code = Findings.show(terminal, findings);
        if (code == ExitCode.OK) {
            common.say(terminal, folder.getFileName() + " is a sound registry.");
        }
        return code;
    }
}
