package io.modelgate.evidence;

import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The history of the stages on one branch, read as far back as a question needs. */
final class BranchHistory implements StageHistory {
    /** So many commits in a row must agree before a time is believed: a clock that was wrong for a few does no harm. */
    static final int LOOK_BEHIND = 32;

    private final RegistryRepository repository;
    private final CommitId tip;

    BranchHistory(RegistryRepository repository, CommitId tip) {
        this.repository = repository;
        this.tip = tip;
    }

    @Override
    public Optional<Tenure> current(Stage stage, ModelName model, Instant notBefore) {
        PointerWalk walk = new PointerWalk(repository, tip, stage, model);
        PointerWalk.Step start = walk.next();
        Optional<StagePointer> live = start.pointer();
        if (live.isEmpty()) {
            return Optional.empty();
        }
        Agreement agreement = new Agreement(notBefore);
        agreement.add(start.commit().committedAt());
        while (walk.hasNext() && !agreement.isEnough()) {
            PointerWalk.Step step = walk.next();
            if (!step.isSame(live)) {
                Instant from = notBeforeAncestors(start.commit().committedAt(), step, walk);
                return Optional.of(tenure(start, from));
            }
            agreement.add(step.commit().committedAt());
            start = step;
        }
        return Optional.of(tenure(
                start,
                agreement.isEnough() ? agreement.latest() : start.commit().committedAt()));
    }

    private static Tenure tenure(PointerWalk.Step start, Instant from) {
        return new Tenure(start.pointer().orElseThrow(), from, Optional.empty(), start.commit());
    }

    /** The time of a commit, or of the latest of the commits before it: they were there first, whatever its clock said. */
    private static Instant notBeforeAncestors(Instant from, PointerWalk.Step parent, PointerWalk walk) {
        Instant latest = later(from, parent.commit().committedAt());
        for (int i = 1; i < LOOK_BEHIND && walk.hasNext(); i++) {
            latest = later(latest, walk.next().commit().committedAt());
        }
        return latest;
    }

    /** Counts how many commits in a row say that they are old enough. */
    private static final class Agreement {
        private final Instant notBefore;
        private int commits;
        private Instant latest = Instant.MIN;

        Agreement(Instant notBefore) {
            this.notBefore = notBefore;
        }

        void add(Instant at) {
            commits = at.isBefore(notBefore) ? commits + 1 : 0;
            latest = commits == 0 ? Instant.MIN : later(latest, at);
        }

        boolean isEnough() {
            return commits > LOOK_BEHIND;
        }

        Instant latest() {
            return latest;
        }
    }

    @Override
    public boolean wasLive(Stage stage, ModelName model, Digest manifest) {
        PointerWalk walk = new PointerWalk(repository, tip, stage, model);
        while (walk.hasNext()) {
            Optional<StagePointer> pointer = walk.next().pointer();
            if (pointer.filter(each -> each.target().manifest().equals(manifest))
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Tenure> tenures(Stage stage, ModelName model, int max) {
        List<Tenure> tenures = new ArrayList<>();
        PointerWalk walk = new PointerWalk(repository, tip, stage, model);
        PointerWalk.Step start = walk.next();
        Optional<Instant> to = Optional.empty();
        while (tenures.size() < max) {
            Optional<PointerWalk.Step> before = walk.hasNext() ? Optional.of(walk.next()) : Optional.empty();
            if (before.isEmpty() || !before.get().isSame(start.pointer())) {
                PointerWalk.Step began = start;
                Optional<Instant> ended = to;
                start.pointer()
                        .ifPresent(pointer ->
                                tenures.add(new Tenure(pointer, began.commit().committedAt(), ended, began.commit())));
                to = Optional.of(start.commit().committedAt());
            }
            if (before.isEmpty()) {
                return List.copyOf(tenures);
            }
            start = before.get();
        }
        return List.copyOf(tenures);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
