package io.modelgate.policy;

import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.StageHistory;
import io.modelgate.evidence.Tenure;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.VersionTarget;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * When and by whom a version is promoted, as a policy test supposes.
 *
 * @param now the time of the judgement; the real time when empty
 * @param reason why the stage is to move
 * @param author who proposes it
 * @param approvedBy who approves it
 * @param live the stages that the version is in, and since when
 * @param registered other versions that are in the registry
 */
record Circumstances(
        Optional<Instant> now,
        Reason reason,
        UserId author,
        List<UserId> approvedBy,
        Map<String, Instant> live,
        Set<VersionId> registered) {
    static final Circumstances NONE =
            new Circumstances(Optional.empty(), Reason.PROMOTE, new UserId("nobody"), List.of(), Map.of(), Set.of());

    private static final CommitId HEAD = new CommitId("0".repeat(40));

    Circumstances {
        approvedBy = List.copyOf(approvedBy);
        live = java.util.Collections.unmodifiableMap(new TreeMap<>(live));
        registered = Set.copyOf(registered);
    }

    static Circumstances of(Fields fields) {
        Map<String, Instant> live = new TreeMap<>();
        fields.optionalChild("live")
                .ifPresent(child -> child.keys()
                        .forEach(stage -> child.optionalInstant(stage).ifPresent(time -> live.put(stage, time))));
        return new Circumstances(
                fields.optionalInstant("now"),
                fields.optionalParsed("reason", Reason::parse).orElse(Reason.PROMOTE),
                fields.optionalParsed("author", UserId::new).orElse(NONE.author()),
                fields.parsedList("approvedBy", UserId::new),
                live,
                Set.copyOf(fields.parsedList("registered", VersionId::parse)));
    }

    JudgeContext.ReviewState review() {
        List<Review> reviews = approvedBy.stream()
                .map(user -> new Review(user, Review.State.APPROVED, HEAD))
                .toList();
        return new JudgeContext.ReviewState(HEAD, new Participants(author, Set.of(), Optional.empty()), reviews);
    }

    Surroundings around(Evidence evidence) {
        return new Surroundings(history(evidence), registered::contains, ArtifactFormats.DECLARED);
    }

    private StageHistory history(Evidence evidence) {
        VersionTarget target = new VersionTarget(
                evidence.id().version(),
                evidence.manifestDigest(),
                evidence.version().rootDigest());
        return new StageHistory() {
            @Override
            public Optional<Tenure> current(Stage stage, ModelName model, Instant notBefore) {
                return Optional.ofNullable(live.get(stage.name()))
                        .filter(since -> model.equals(evidence.id().model()))
                        .map(since -> new Tenure(pointer(stage, model), since, Optional.empty(), commit(since)));
            }

            @Override
            public boolean wasLive(Stage stage, ModelName model, Digest manifest) {
                return current(stage, model, Instant.MIN)
                        .filter(tenure -> tenure.pointer().target().manifest().equals(manifest))
                        .isPresent();
            }

            @Override
            public List<Tenure> tenures(Stage stage, ModelName model, int max) {
                return current(stage, model, Instant.MIN).stream().toList();
            }

            private StagePointer pointer(Stage stage, ModelName model) {
                return new StagePointer(model, stage, target, Reason.PROMOTE, Optional.empty(), Optional.empty());
            }
        };
    }

    private static CommitFacts commit(Instant time) {
        CommitFacts.Signature nobody = new CommitFacts.Signature("nobody", "");
        return new CommitFacts(HEAD, List.of(), "", nobody, nobody, time);
    }
}
