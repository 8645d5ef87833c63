package io.jenkins.plugins.modelgate;

import io.modelgate.Registry;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.host.ProposalDraft;
import io.modelgate.host.ProposalText;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.PromotionRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A registry with proposals in it that are open, and branches as developers push them. */
final class OpenProposals {
    private static final Author ANN = new Author("Ann", "ann@acme.example");

    private final RegistryFixture registry;

    OpenProposals(RegistryFixture registry) {
        this.registry = registry;
    }

    /** Ann asks to move a stage that wants a second person: pending. */
    int promotion(String version, String stage) {
        PromotionRequest request = new PromotionRequest(
                List.of(VersionId.parse(RegistryFixture.MODEL + "@" + version)),
                new Stage(stage),
                StagePointer.Reason.PROMOTE,
                Optional.empty());
        try (Registry open = registry.as("ann")) {
            return open.submit(() -> open.plan(request), false)
                    .value()
                    .orElseThrow()
                    .proposal()
                    .orElseThrow();
        }
    }

    /** Ann asks for this file to be on the target branch; again from the same branch, the proposal moves. */
    int edit(String branch, String path, String content) {
        CommitId head = push(branch, path, content);
        try (Registry open = registry.as("ann")) {
            return open.host()
                    .open(new ProposalDraft(new ProposalText("Edit " + path, "", branch), head))
                    .number();
        }
    }

    /** A commit on the target branch with this file, pushed as a branch. */
    CommitId push(String branch, String path, String content) {
        try (RegistryRepository repository = Repositories.open(registry.repository())) {
            CommitId tip = repository.ref("refs/heads/main").orElseThrow();
            CommitId next = repository.commit(
                    repository.edit(repository.snapshot(tip), TreeEdit.of(List.of(SourceFile.of(path, content)))),
                    draft(tip));
            move(repository, branch, next);
            return next;
        }
    }

    /** Pushes the head of a proposal as a branch. */
    void branch(String name, int proposal) {
        try (RegistryRepository repository = Repositories.open(registry.repository())) {
            move(repository, name, head(proposal));
        }
    }

    /** Merges target and head of a proposal as a host does, target first, or the other way round as Jenkins does. */
    CommitId merge(int proposal, boolean targetFirst) {
        try (RegistryRepository repository = Repositories.open(registry.repository())) {
            CommitId tip = target();
            CommitId head = head(proposal);
            MergeOutcome.Merged merged = (MergeOutcome.Merged) repository.merge(tip, head);
            return repository.commit(merged.result(), targetFirst ? draft(tip, head) : draft(head, tip));
        }
    }

    /** What looks like a merge of target and head of a proposal, and holds this file beside. */
    CommitId mergeWith(int proposal, String path, String content) {
        try (RegistryRepository repository = Repositories.open(registry.repository())) {
            CommitId head = head(proposal);
            return repository.commit(
                    repository.edit(repository.snapshot(head), TreeEdit.of(List.of(SourceFile.of(path, content)))),
                    draft(target(), head));
        }
    }

    /** Makes a branch of a commit. */
    void branch(String name, CommitId commit) {
        try (RegistryRepository repository = Repositories.open(registry.repository())) {
            move(repository, name, commit);
        }
    }

    CommitId target() {
        try (RegistryRepository repository = Repositories.open(registry.repository())) {
            return repository.ref("refs/heads/main").orElseThrow();
        }
    }

    CommitId head(int proposal) {
        try (Registry open = registry.as("ann")) {
            return open.proposal(proposal).head();
        }
    }

    /** What Jenkins said of a proposal's head, as it is kept; empty when nothing. */
    String status(int proposal) {
        return read("refs/modelgate/status/" + proposal + "/jenkins", "status.yaml");
    }

    /** Whether Jenkins commented on a proposal. */
    boolean commented(int proposal) {
        try (RegistryRepository repository = Repositories.open(registry.repository())) {
            return repository
                    .ref("refs/modelgate/comments/" + proposal + "/jenkins")
                    .isPresent();
        }
    }

    private String read(String ref, String file) {
        try (RegistryRepository repository = Repositories.open(registry.repository())) {
            return repository
                    .ref(ref)
                    .flatMap(commit -> repository.snapshot(commit).read(file))
                    .map(SourceFile::text)
                    .orElse("");
        }
    }

    private static void move(RegistryRepository repository, String branch, CommitId next) {
        String ref = "refs/heads/" + branch;
        repository.publish(List.of(repository
                .ref(ref)
                .map(old -> RefChange.move(ref, old, next))
                .orElseGet(() -> RefChange.create(ref, next))));
    }

    private static CommitDraft draft(CommitId... parents) {
        return new CommitDraft("Edit", ANN, Instant.now(), List.of(parents));
    }
}
