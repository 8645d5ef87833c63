package io.modelgate.host;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.manifest.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that somebody pushes at once, and what is wrong with it. It is taken whole or not at all. */
final class Push {
    /** How far the clock of the pusher's machine may be ahead. */
    static final Duration FAST_CLOCK = Duration.ofMinutes(5);

    private final RegistryRepository repository;
    private final UserId pusher;
    private final Instant now;
    private final String branch;
    private final LocalProposals proposals;
    private final Map<String, PushedRef> refs = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /** @param branch full name of the target branch */
    Push(RegistryRepository repository, UserId pusher, Instant now, String branch) {
        this.repository = repository;
        this.pusher = pusher;
        this.now = now;
        this.branch = branch;
        this.proposals = new LocalProposals(repository, branch);
    }

    RegistryRepository repository() {
        return repository;
    }

    UserId pusher() {
        return pusher;
    }

    Instant now() {
        return now;
    }

    String branch() {
        return branch;
    }

    LocalProposals proposals() {
        return proposals;
    }

    void add(PushedRef pushed) {
        if (refs.putIfAbsent(pushed.ref(), pushed) != null) {
            refuse(pushed, "twice", "It is pushed twice.", "Push it once.");
        }
    }

    /** Where a ref will be if all of this is taken. */
    Optional<CommitId> after(String ref) {
        PushedRef pushed = refs.get(ref);
        return pushed == null ? repository.ref(ref) : pushed.after();
    }

    /** Whether a ref is pushed, too. */
    boolean moves(String ref) {
        return refs.containsKey(ref);
    }

    /** An author or committer that is known to be somebody else, or a time that has not come yet. */
    void checkClaims(PushedRef pushed, CommitFacts commit) {
        proposals
                .people()
                .of(commit)
                .filter(named -> !named.equals(pusher))
                .findFirst()
                .ifPresent(named -> refuse(
                        pushed,
                        "forged",
                        "Commit " + commit.id().abbreviated() + " says that it is by " + named + ", and " + pusher
                                + " pushes it.",
                        ownName()));
        if (commit.committedAt().isAfter(now.plus(FAST_CLOCK))) {
            refuse(
                    pushed,
                    "time",
                    "Commit " + commit.id().abbreviated() + " is of " + commit.committedAt() + ", and here it is " + now
                            + ".",
                    "Set your machine's clock.");
        }
    }

    /** What somebody does who goes by another name here than they think. */
    String ownName() {
        return "You are " + pusher + " here: write under that name ('--as " + pusher + "', or MODELGATE_USER=" + pusher
                + ").";
    }

    void refuse(PushedRef pushed, String rule, String message, String remedy) {
        findings.add(Finding.block("push/" + rule, Place.file(pushed.ref()), message, remedy));
    }

    void find(List<Finding> more) {
        findings.addAll(more);
    }

    boolean refused() {
        return findings.stream().anyMatch(Finding::blocks);
    }

    List<Finding> findings() {
        return findings.stream().sorted().distinct().toList();
    }
}
