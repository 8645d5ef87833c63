package io.modelgate.policy;

import io.modelgate.evidence.Tenure;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The same bytes are live in an earlier stage now, for at least so long.
 *
 * @param stage the earlier stage
 * @param soak how long; no time at all when empty
 */
record PathRequirement(Stage stage, Optional<Duration> soak) implements Requirement {
    static Optional<PathRequirement> of(Fields fields) {
        Optional<Stage> stage = fields.parsed("stage", Stage::new);
        Optional<Duration> soak = Durations.bounded(fields, "soak");
        return stage.map(present -> new PathRequirement(present, soak));
    }

    @Override
    public String title() {
        return "through " + stage;
    }

    /** What a stage goes back to was there before; the earlier stages have gone on since. */
    @Override
    public boolean holdsForRollback() {
        return false;
    }

    @Override
    public boolean isAboutVersion() {
        return false;
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        boolean always = soak.filter(time -> !time.isZero()).isEmpty()
                && context.stages().stream()
                        .allMatch(each -> context.registry()
                                .previous(each)
                                .filter(stage::equals)
                                .isPresent());
        return always
                ? List.of(new Doubt(
                        "said-twice",
                        "asks for what the gate asks anyway: stages are entered in order.",
                        "Add a soak, or take it out."))
                : List.of();
    }

    @Override
    public String bound() {
        return "live in " + stage + time();
    }

    @Override
    public Judgement judge(JudgeContext context) {
        Instant notBefore = context.now().minus(soak.orElse(Duration.ZERO));
        Place place = Place.file(
                new RegistryPath.PointerFile(stage, context.evidence().id().model()).path());
        Optional<Tenure> now = context.around()
                .history()
                .current(stage, context.evidence().id().model(), notBefore)
                .filter(tenure -> isSame(tenure, context));
        if (now.isEmpty()) {
            return Judgement.fail(
                    "not in " + stage,
                    bound(),
                    place,
                    context.evidence().id() + " is not live in " + stage + " with these bytes.",
                    "Promote it there first: 'modelgate promote "
                            + context.evidence().id() + " --to " + stage + "'.");
        }
        Instant since = now.get().from();
        if (soak.isPresent() && since.isAfter(notBefore)) {
            Instant ready = since.plus(soak.get());
            return Judgement.pending(
                    "since " + since,
                    bound(),
                    place,
                    "It is live in " + stage + " since " + since + "; that is not" + time() + " yet.",
                    "Wait until " + ready + ", then run 'modelgate merge'.");
        }
        return Judgement.pass("live in " + stage, bound(), place);
    }

    private String time() {
        return soak.map(each -> " for " + Shown.duration(each)).orElse("");
    }

    private static boolean isSame(Tenure tenure, JudgeContext context) {
        return tenure.pointer().target().manifest().equals(context.evidence().manifestDigest())
                && tenure.pointer()
                        .target()
                        .artifacts()
                        .equals(context.evidence().version().rootDigest());
    }
}
