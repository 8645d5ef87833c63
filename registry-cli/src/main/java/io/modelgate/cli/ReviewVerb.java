package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.host.ReviewDraft;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.policy.Review;
import io.modelgate.report.OutputFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a reviewer thinks of exactly the present head of a proposal. */
@Command(name = "review", description = "Approve, reject, comment on or close a proposal.")
final class ReviewVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<proposal>", description = "Its number, as 'modelgate proposals' shows it.")
    private int proposal;

    @ArgGroup(multiplicity = "1")
    private Opinion opinion = new Opinion();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "<text>",
            description = "What you have to say.")
    private @Nullable String message;

    /** One of these. */
    static final class Opinion {
        @Option(names = "--approve", description = "This head may be merged as far as you are concerned.")
        private boolean approve;

        @Option(names = "--reject", description = "This head must not be merged.")
        private boolean reject;

        @Option(names = "--comment", description = "Only say something.")
        private boolean comment;

        @Option(names = "--dismiss", description = "Take back what you said before.")
        private boolean dismiss;

        @Option(names = "--close", description = "Close the proposal without merging it.")
        private boolean close;

        Review.State state() {
            if (approve) {
                return Review.State.APPROVED;
            }
            if (reject) {
                return Review.State.CHANGES_REQUESTED;
            }
            return dismiss ? Review.State.DISMISSED : Review.State.COMMENTED;
        }
    }

    /** A closed proposal has no verdict. */
    @Override
    public Set<OutputFormat> formats() {
        return opinion.close ? DOCUMENT : VERDICT;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        Optional<String> text = Optional.ofNullable(message);
        if (opinion.comment && text.isEmpty()) {
            throw RegistryException.usage("A comment needs words.", "Add -m \"…\".");
        }
        if (opinion.reject && text.filter(words -> !words.isBlank()).isEmpty()) {
            throw RegistryException.usage(
                    "A rejection needs words: what is to be mended before you approve?", "Add -m \"…\".");
        }
        try (Registry registry = common.open(terminal)) {
            if (opinion.close) {
                registry.host().close(proposal);
                return closed(terminal);
            }
            Verdict verdict = registry.review(proposal, new ReviewDraft(opinion.state(), text.orElse("")));
            Submissions.showReview(terminal, common, registry, proposal, verdict);
            if (opinion.approve) {
                Submissions.showUncounted(terminal, common, registry.host().me(), verdict);
            }
            return ExitCode.OK;
        }
    }

    private ExitCode closed(Terminal terminal) {
        Output.print(
                terminal,
                common.output(),
                new MappingBuilder()
                        .text("format", "modelgate.io/closed/v1")
                        .number("proposal", proposal)
                        .build(),
                () -> List.of("Closed proposal " + proposal + "."));
        return ExitCode.OK;
    }
}
