package io.jenkins.plugins.modelgate;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationBuilder;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationLevel;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails.ChecksDetailsBuilder;
import io.jenkins.plugins.checks.api.ChecksOutput.ChecksOutputBuilder;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.modelgate.finding.Finding;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The check beside the commit that is built, where the host and a plugin for it have checks. */
final class GateCheck {
    /** The name of the check; it never changes, so that a host can require it. */
    static final String NAME = "modelgate/gate";

    /** Hosts take no more of both. */
    static final int MOST_BYTES = 65_535;

    static final int MOST_ANNOTATIONS = 50;

    private static final String CUT = "\n\nThe rest is in the build's log.\n";

    private final Run<?, ?> run;
    private final TaskListener listener;
    private final String name;

    GateCheck(Run<?, ?> run, TaskListener listener, String name) {
        this.run = run;
        this.listener = listener;
        this.name = name;
    }

    void begin() {
        publish(
                new ChecksDetailsBuilder().withStatus(ChecksStatus.IN_PROGRESS),
                new ChecksOutputBuilder().withTitle("Judging").withSummary("The proposal is being judged."));
    }

    void end(Ending ending) {
        ChecksOutputBuilder output = new ChecksOutputBuilder()
                .withTitle(cut(ending.title(), 200))
                .withSummary(cut(ending.summary(), MOST_BYTES))
                .withText(cut(ending.markdown(), MOST_BYTES));
        ending.findings().stream()
                .filter(finding -> !finding.place().path().isEmpty())
                .limit(MOST_ANNOTATIONS)
                .forEach(finding -> output.addAnnotation(annotation(finding).build()));
        publish(
                new ChecksDetailsBuilder()
                        .withStatus(ChecksStatus.COMPLETED)
                        .withConclusion(conclusion(ending))
                        .withCompletedAt(LocalDateTime.now(ZoneOffset.UTC)),
                output);
    }

    private static ChecksConclusion conclusion(Ending ending) {
        return switch (ending.outcome()) {
            case PASSED -> ending.told() ? ChecksConclusion.SUCCESS : ChecksConclusion.NEUTRAL;
            case FAILED -> ChecksConclusion.FAILURE;
            case WAITING -> ChecksConclusion.ACTION_REQUIRED;
        };
    }

    private static ChecksAnnotationBuilder annotation(Finding finding) {
        ChecksAnnotationLevel level = switch (finding.severity()) {
            case BLOCK -> ChecksAnnotationLevel.FAILURE;
            case WARN -> ChecksAnnotationLevel.WARNING;
            case NOTE -> ChecksAnnotationLevel.NOTICE;
        };
        return new ChecksAnnotationBuilder()
                .withPath(finding.place().path())
                .withLine(Math.max(1, finding.place().line()))
                .withAnnotationLevel(level)
                .withTitle(cut(finding.rule(), 200))
                .withMessage(cut((finding.message() + " " + finding.remedy()).strip(), MOST_BYTES));
    }

    /** What no check could say stands in the host's status and in the log. */
    private void publish(ChecksDetailsBuilder details, ChecksOutputBuilder output) {
        try {
            String root = Jenkins.get().getRootUrl();
            if (root != null) {
                details.withDetailsURL(root + run.getUrl());
            }
            ChecksPublisher publisher = ChecksPublisherFactory.fromRun(run, listener);
            if (publisher instanceof ChecksPublisher.NullChecksPublisher) {
                return; // it would only write to the log that it is none, which says nothing to people on such a host
            }
            publisher.publish(details.withName(name).withOutput(output.build()).build());
        } catch (RuntimeException e) {
            Logger.getLogger(GateCheck.class.getName()).log(Level.WARNING, "no check for " + run, e);
            listener.getLogger()
                    .println("[modelgate] The check " + name + " could not be published ("
                            + e.getClass().getSimpleName() + ").");
        }
    }

    /** At most so many bytes of a text, whole lines where it has several. */
    static String cut(String text, int most) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= most) {
            return text;
        }
        boolean lines = text.indexOf('\n') >= 0 && most > 1_000;
        int room = most - (lines ? CUT.length() : 3);
        int end = room;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        String kept = new String(bytes, 0, end, StandardCharsets.UTF_8);
        int line = kept.lastIndexOf('\n');
        return lines && line > 0 ? kept.substring(0, line) + CUT : kept + "…";
    }
}
