package io.modelgate.host;

import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.TreeEdit;
import io.modelgate.host.http.HostClient;
import io.modelgate.manifest.SourceFile;
import io.modelgate.policy.Review;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One registry on a host, as several users see it: each with a copy and a token of their own. */
abstract class HostRig implements AutoCloseable {
    static final String MAIN = "refs/heads/main";
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final Map<String, RegistryRepository> clones = new HashMap<>();
    private final Map<String, HostClient> clients = new HashMap<>();
    private final Map<String, GitHost> hosts = new HashMap<>();
    private int commits;

    abstract RegistryRepository newClone(String user);

    abstract HostClient newClient(String user);

    abstract GitHost newHost(String user);

    /** Where the target branch is now. */
    abstract CommitId target();

    abstract CommitFacts facts(CommitId commit);

    final RegistryRepository clone(String user) {
        return clones.computeIfAbsent(user, this::newClone);
    }

    /** The API as this user sees it, which counts requests. */
    final HostClient client(String user) {
        return clients.computeIfAbsent(user, this::newClient);
    }

    final GitHost host(String user) {
        return hosts.computeIfAbsent(user, this::newHost);
    }

    static SourceFile file(String name) {
        return SourceFile.of(name + ".txt", name + "\n");
    }

    /** A commit of this user on the target branch; nothing points to it yet. */
    final CommitId head(String user, SourceFile... files) {
        RegistryRepository clone = clone(user);
        clone.refreshNow();
        return commit(user, List.of(clone.ref(MAIN).orElseThrow()), "Change", files);
    }

    final CommitId commit(String user, List<CommitId> parents, String message, SourceFile... files) {
        return commit(user, new Author(user, user + "@acme.example"), parents, message, files);
    }

    /** A commit by this user's hand, whoever it says made it. */
    final CommitId commit(String user, Author author, List<CommitId> parents, String message, SourceFile... files) {
        RegistryRepository clone = clone(user);
        return clone.commit(
                clone.edit(
                        parents.isEmpty() ? clone.empty() : clone.snapshot(parents.get(0)),
                        TreeEdit.of(List.of(files))),
                new CommitDraft(message + "\n", author, START.plusSeconds(++commits), parents));
    }

    /** Moves a branch as anybody with Git and the right to write could, forced. */
    final void push(String user, String branch, CommitId head) {
        RegistryRepository clone = clone(user);
        clone.refreshNow();
        String ref = "refs/heads/" + branch;
        clone.publish(List.of(clone.ref(ref)
                .map(old -> RefChange.move(ref, old, head))
                .orElseGet(() -> RefChange.create(ref, head))));
    }

    /** As {@link #push}, one commit more to a proposal of alice's, that says alice made it. */
    final CommitId pushMore(String user, Proposal proposal) {
        clone(user).refreshNow();
        CommitId more =
                commit(user, new Author("alice", "alice@acme.example"), List.of(proposal.head()), "More", file("more"));
        push(user, "alice/" + proposal.text().source(), more);
        return more;
    }

    final Proposal open(String user, String source, CommitId head) {
        return host(user).open(new ProposalDraft(new ProposalText("Add " + source, "Because.\n", source), head));
    }

    /** A proposal of alice's that adds a file of this name. */
    final Proposal open(String name) {
        return open("alice", name, head("alice", file(name)));
    }

    final void review(String user, Proposal proposal, Review.State state) {
        host(user).review(proposal.number(), new ReviewDraft(state, "", Optional.of(proposal.head())));
    }

    final void approve(String user, Proposal proposal) {
        review(user, proposal, Review.State.APPROVED);
    }

    /** As carol sees it now. */
    final Proposal read(Proposal proposal) {
        return host("carol").read(proposal.number());
    }

    final MergeRequest merging(Proposal judged) {
        return new MergeRequest(judged.number(), judged.head(), target(), GitHostContract.MESSAGE);
    }

    /** Carol merges what was judged into this commit. */
    final MergeResult merge(Proposal judged, CommitId target) {
        return host("carol").merge(new MergeRequest(judged.number(), judged.head(), target, GitHostContract.MESSAGE));
    }

    @Override
    public void close() {
        clones.values().forEach(RegistryRepository::close);
    }
}
