package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.PublishResult;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Participants;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Git side of a registry whose proposals are on a Git host: heads, branches, and whether what was merged is what was judged. */
public final class HostedRepository {
    private static final int MOST_COMMITS = 1_000;
    private static final int LONGEST_BRANCH = 150;

    private final RegistryRepository repository;
    private final String branch;

    /** @param branch the target branch, without {@code refs/heads/} */
    public HostedRepository(RegistryRepository repository, String branch) {
        this.repository = repository;
        this.branch = branch;
    }

    /** The name of the target branch. */
    public String branch() {
        return branch;
    }

    /** Where the target branch is now; asks the host again. */
    public Optional<CommitId> freshTarget() {
        repository.refreshNow();
        return target();
    }

    private Optional<CommitId> target() {
        return repository.ref(LocalRefs.HEADS + branch);
    }

    /** Where a branch is now, as far as it was asked for; see {@link #freshTarget}. Empty for names that no registry uses. */
    public Optional<CommitId> at(String name) {
        String ref = LocalRefs.HEADS + name;
        return RegistryRepository.isRef(ref) ? repository.ref(ref) : Optional.empty();
    }

    /**
     * Brings what a branch of a fork is at now, from the fork itself: for a host that keeps no ref for it here.
     *
     * @param fork its path on the host, {@code owner/name}
     */
    public Optional<CommitId> bringFromFork(String fork, String name) {
        return repository.bring(fork, LocalRefs.HEADS + name);
    }

    /** The one commit here whose id begins with these digits; empty when there is none, or several. */
    public Optional<CommitId> beginningWith(String digits) {
        List<CommitId> found = repository.beginningWith(digits);
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Whether a commit is here. */
    public boolean has(CommitId commit) {
        return repository.has(commit);
    }

    /** Who is who, as the target branch says. */
    public Governance governance() {
        return CommitPeople.of(target().map(repository::snapshot)).governance();
    }

    /** Which accounts of the host are whom, as the target branch says. */
    public Accounts accounts() {
        return new Accounts(governance());
    }

    /**
     * Sees to it that the head of a proposal is here.
     *
     * @param ref the ref that the host keeps for it, also when its branch is in a fork
     */
    public void bring(CommitId head, String ref) {
        if (!repository.has(head)) {
            repository.bring(ref);
        }
        if (!repository.has(head)) {
            throw RegistryException.environment(
                    "The host says that the head is " + head + ", but does not give that commit.",
                    "It may have moved just now: try again.",
                    null);
        }
    }

    /** Whether a commit is on the target branch: what was pushed then was part of a proposal that is merged. */
    public boolean isMerged(String commit) {
        return commit.matches("[0-9a-f]{40}")
                && repository.has(new CommitId(commit))
                && target().filter(tip -> repository.isAncestor(new CommitId(commit), tip))
                        .isPresent();
    }

    /**
     * Who made a proposal: its author, whoever pushed to it, and whom its commits name, also as those who asked for it.
     *
     * @param pushes asked for after the commits were read: hosts are asked for some time, and what is malformed is never judged
     * @param named whom its commits name by what the host knows of them; by address they are found here
     */
    public Participants participants(CommitId head, UserId author, Supplier<Pushes> pushes, Stream<UserId> named) {
        CommitPeople known = CommitPeople.of(target().map(repository::snapshot));
        Set<UserId> people = new TreeSet<>();
        Set<UserId> requesters = new TreeSet<>();
        for (CommitFacts commit : commits(head)) {
            known.of(commit).forEach(people::add);
            known.requesters(commit).forEach(requesters::add);
        }
        named.forEach(people::add);
        Pushes told = pushes.get();
        people.addAll(told.users());
        people.add(author);
        return new Participants(author, people, told.last(), requesters);
    }

    /** The addresses of authors and committers in the commits of a proposal, as they stand there. */
    public Set<String> addresses(CommitId head) {
        Set<String> addresses = new TreeSet<>();
        for (CommitFacts commit : commits(head)) {
            addresses.add(commit.author().email());
            addresses.add(commit.committer().email());
        }
        return addresses;
    }

    /** Commits of a proposal in which all its addresses stand. */
    public SampledCommits sampled(CommitId head) {
        return SampledCommits.of(commits(head), MOST_COMMITS);
    }

    private List<CommitFacts> commits(CommitId head) {
        return target().map(base -> repository.between(base, head, MOST_COMMITS + 1))
                .orElse(List.of());
    }

    /** The branch for a proposal of this user from this source: always the same, and nobody else's. */
    public static String branchFor(String login, String source) {
        String name = login + "/" + source;
        String plain = Stream.of(name.split("/", -1))
                .map(HostedRepository::segment)
                .filter(segment -> !segment.isEmpty())
                .collect(Collectors.joining("/"));
        return plain.equals(name) && name.length() <= LONGEST_BRANCH
                ? name
                : plain.substring(0, Math.min(plain.length(), LONGEST_BRANCH)).replaceAll("[./-]+$", "") + "-"
                        + Digest.of(name).hex().substring(0, 8);
    }

    private static String segment(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]", "-")
                .replaceAll("\\.{2,}", "-")
                .replaceAll("\\.lock$", "-lock")
                .replaceAll("^[.-]+|[.-]+$", "");
    }

    /** The source that {@link #branchFor} made a branch of; other branches are their own. */
    public static String source(String login, String branch) {
        return branch.toLowerCase(Locale.ROOT).startsWith(login.toLowerCase(Locale.ROOT) + "/")
                ? branch.substring(login.length() + 1)
                : branch;
    }

    /** Why a commit cannot be proposed is USAGE. */
    public void requireProposable(CommitId head) {
        CommitId target = freshTarget()
                .orElseThrow(() -> RegistryException.notFound(
                        "The repository has no branch " + branch + ".", "Push a registry there first."));
        if (!repository.has(head)) {
            throw RegistryException.usage("There is no commit " + head + " here.", "Commit it first.");
        }
        if (repository.isAncestor(head, target)) {
            throw RegistryException.usage(
                    "Commit " + head.abbreviated() + " is on the target branch already.",
                    "Propose a commit that starts from the target branch.");
        }
    }

    /** Moves a branch of one's own on the host to a commit. */
    public void push(String name, CommitId head) {
        String ref = LocalRefs.HEADS + name;
        Optional<CommitId> old = repository.ref(ref);
        if (old.equals(Optional.of(head))) {
            return;
        }
        PublishResult result = repository.publish(
                List.of(old.map(from -> RefChange.move(ref, from, head)).orElseGet(() -> RefChange.create(ref, head))));
        if (result instanceof PublishResult.Refused refused) {
            throw RegistryException.conflict(
                    "The host does not take the branch " + name + ": " + refused.message() + ".",
                    "Ask for the right to push branches, or propose from a fork.");
        }
        if (!(result instanceof PublishResult.Published)) {
            throw RegistryException.conflict("Somebody else moved the branch " + name + " just now.", "Try again.");
        }
    }

    /** Whether the target branch is still where it was when it was judged. */
    public boolean isAt(CommitId judged) {
        return freshTarget().equals(Optional.of(judged));
    }

    /**
     * Compares what a host merged with what was judged. A host is told which head to merge, but none can be told into what.
     *
     * @param commit the merge commit, as the host says
     */
    public MergeResult merged(MergeRequest request, CommitId commit) {
        repository.refreshNow();
        if (!repository.has(commit)) {
            throw RegistryException.environment(
                    "The host says that it merged proposal " + request.number() + " as " + commit
                            + ", but does not give that commit.",
                    "See what is on the target branch: 'modelgate history'.",
                    null);
        }
        CommitFacts facts = repository.facts(commit);
        if (facts.parents().size() != 2 || !facts.parents().get(1).equals(request.head())) {
            throw strange(request, commit, "is no merge of the head that was judged");
        }
        CommitId onto = facts.parents().get(0);
        Snapshot tree = repository.snapshot(commit);
        boolean same = repository.merge(onto, request.head()) instanceof MergeOutcome.Merged merged
                && merged.result().tree().equals(tree.tree());
        if (!same) {
            throw strange(request, commit, "holds other files than the merge that was judged");
        }
        return onto.equals(request.target())
                ? new MergeResult.Merged(commit)
                : new MergeResult.MergedOnto(commit, onto);
    }

    private static RegistryException strange(MergeRequest request, CommitId commit, String what) {
        return RegistryException.integrity(
                "The host merged proposal " + request.number() + ", but " + commit + " " + what + ".",
                "Revert it ('git revert -m 1 " + commit.abbreviated() + "'), and see who may change the target branch: "
                        + "'modelgate doctor'.");
    }
}
