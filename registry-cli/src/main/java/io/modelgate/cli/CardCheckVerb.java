package io.modelgate.cli;

import io.modelgate.PolicyBench;
import io.modelgate.Registry;
import io.modelgate.evidence.Card;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import io.modelgate.report.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a card alone, by itself or by what a stage asks. */
@Command(
        name = "check",
        description =
                "Check a model card: that it can be read, hides nothing and has no text of a template; with --model and"
                        + " --stage also what policies ask of it.")
final class CardCheckVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<card>", description = "The file, such as card.md.")
    private String file = "";

    @Option(names = "--model", paramLabel = "<model>", description = "Such as credit/default-risk.")
    private @Nullable String model;

    @Option(names = "--stage", paramLabel = "<stage>", description = "The stage whose policies count.")
    private @Nullable String stage;

    @Override
    public Set<OutputFormat> formats() {
        return SENTENCES;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        if ((model == null) != (stage == null)) {
            throw RegistryException.usage("--model and --stage go together.", "Give both, or neither.");
        }
        SourceFile source = read(terminal.path(file));
        return model == null || stage == null
                ? alone(terminal, source)
                : byPolicies(
                        terminal, source, Arguments.parse(model, ModelName::parse), Arguments.parse(stage, Stage::new));
    }

    private static ExitCode alone(Terminal terminal, SourceFile source) {
        Checked<Card> card = Card.read(source);
        Findings.show(terminal, card.findings());
        if (!card.ok()) {
            return ExitCode.FINDINGS;
        }
        card.get()
                .placeholders()
                .forEach(left ->
                        terminal.say("block: " + left.place() + ": '" + left.text() + "' was left to be replaced."));
        terminal.data(card.get().sections().size() + " sections, " + card.get().words() + " words, "
                + card.get().placeholders().size() + " left to be replaced.");
        return card.get().placeholders().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private ExitCode byPolicies(Terminal terminal, SourceFile source, ModelName name, Stage in) {
        try (Registry registry = common.read(terminal);
                PolicyBench bench = registry.policies(Optional.empty())) {
            Checked<List<RuleResult>> judged = bench.card(source, name, in);
            Findings.show(terminal, judged.findings());
            if (!judged.ok()) {
                return ExitCode.FINDINGS;
            }
            for (RuleResult rule : judged.get()) {
                terminal.data((rule.outcome() == Outcome.PASS
                                ? "ok    "
                                : rule.outcome().word() + "  ") + rule.id() + ": "
                        + rule.line().value() + "; asked is " + rule.line().bound());
                rule.findings().forEach(finding -> show(terminal, finding, rule.id()));
            }
            if (judged.get().isEmpty()) {
                terminal.data("No policy asks anything of the card of " + name + " in " + in + ".");
            }
            return judged.get().stream()
                            .flatMap(rule -> rule.findings().stream())
                            .anyMatch(Finding::blocks)
                    ? ExitCode.FINDINGS
                    : ExitCode.OK;
        }
    }

    /** As a refusal says it: with the rule that asks. */
    private static void show(Terminal terminal, Finding finding, String rule) {
        String where = finding.place().path().isEmpty() ? "" : finding.place() + ": ";
        terminal.say(finding.severity().word() + ": " + where + finding.message() + " [" + rule + "]");
        if (!finding.remedy().isEmpty()) {
            terminal.say("       " + finding.remedy());
        }
    }

    private static SourceFile read(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw RegistryException.notFound(path + " is not a file.", "Name a model card.");
            }
            return new SourceFile(path.toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            throw RegistryException.environment(path + " cannot be read.", "Check its permissions.", e);
        }
    }
}
