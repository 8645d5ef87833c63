package io.modelgate.cli;

import io.modelgate.PolicyBench;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Stage;
import io.modelgate.policy.PolicyExplanation;
import io.modelgate.report.PolicyReport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which rules apply to a model in a stage, and why. */
@Command(name = "explain", description = "Say which rules apply to a model in a stage and why, and which do not.")
final class PolicyExplainVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "<model>", description = "Such as credit/default-risk.")
    private String model = "";

    @Option(names = "--stage", required = true, paramLabel = "<stage>", description = "The stage that it is to enter.")
    private String stage = "";

    @Option(
            names = "--policies",
            paramLabel = "<policies>",
            description =
                    "A folder with a registry's files, the number of a proposal, or a branch. Default: this folder if it"
                            + " has a registry.yaml, otherwise the registry.")
    private @Nullable String policies;

    @Override
    public ExitCode run(Terminal terminal) {
        ModelName name = Arguments.parse(model, ModelName::parse);
        Stage in = Arguments.parse(stage, Stage::new);
        PolicySource source = PolicySource.named(policies);
        return source.with(terminal, common, bench -> run(terminal, bench, source.words(bench), name, in));
    }

    private ExitCode run(Terminal terminal, PolicyBench bench, String source, ModelName name, Stage in) {
        Checked<PolicyExplanation> explained = bench.explain(name, in);
        Findings.show(terminal, explained.findings());
        if (!explained.ok()) {
            return ExitCode.FINDINGS;
        }
        Output.print(
                terminal,
                common.output(),
                PolicyReport.document(explained.get()),
                () -> Stream.concat(PolicyReport.text(explained.get()).stream(), Stream.of("policies: " + source))
                        .toList());
        return ExitCode.OK;
    }
}
