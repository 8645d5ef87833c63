package io.modelgate.host;

import static io.modelgate.host.LocalHostTest.MAIN;
import static io.modelgate.host.LocalHostTest.author;
import static io.modelgate.host.LocalHostTest.commit;
import static io.modelgate.host.LocalHostTest.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many who use one local host at once, each with a repository of their own. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LocalHostAtOnceTest {
    @TempDir
    Path folder;

    private final List<RegistryRepository> opened = new ArrayList<>();
    private RegistryRepository repository;

    @BeforeEach
    void init() {
        repository = Repositories.init(folder.resolve("registry.git"), "main");
        SourceFile registry = SourceFile.of("registry.yaml", LocalHostTest.REGISTRY);
        repository.publish(List.of(RefChange.create(MAIN, commit(repository, List.of(), author("admin"), registry))));
    }

    @AfterEach
    void close() {
        repository.close();
        opened.forEach(RegistryRepository::close);
    }

    private CommitId target() {
        return repository.ref(MAIN).orElseThrow();
    }

    private CommitId head(String user, String file) {
        return commit(repository, List.of(target()), author(user), SourceFile.of(file, file + " of " + user + "\n"));
    }

    private void open(String user, String source, CommitId head) {
        host(repository, user).open(new ProposalDraft(new ProposalText("Add one", "Because.\n", source), head));
    }

    private static MergeRequest request(Proposal proposal, CommitId target) {
        return new MergeRequest(proposal.number(), proposal.head(), target, GitHostContract.MESSAGE);
    }

    @Test
    void givesEveryProposalItsOwnNumberWhenManyOpenAtOnce() throws Exception {
        Set<Integer> numbers = new HashSet<>();
        List<Integer> all = together(6, worker -> {
            List<Integer> mine = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                CommitId head = commit(
                        worker.repository(),
                        List.of(worker.repository().ref(MAIN).orElseThrow()),
                        author(worker.user()),
                        SourceFile.of(worker.user() + i, "x"));
                mine.add(host(worker.repository(), worker.user())
                        .open(new ProposalDraft(new ProposalText("Add", "", "source " + i), head))
                        .number());
            }
            return mine;
        });
        numbers.addAll(all);

        assertThat(all).hasSize(24);
        assertThat(numbers).hasSize(24).allMatch(number -> number >= 1 && number <= 24);
    }

    @Test
    void opensOneProposalWhenTheSameIsProposedAtOnce() throws Exception {
        CommitId head = head("alice", "one");

        List<Integer> numbers = together(
                4,
                worker -> List.of(host(worker.repository(), "alice")
                        .open(new ProposalDraft(new ProposalText("Add", "", "one"), head))
                        .number()));

        assertThat(numbers).containsOnly(1);
        assertThat(host(repository, "alice").list(Proposal.State.OPEN)).hasSize(1);
    }

    @Test
    void bringsOneProposalUpToDateFromManyProcessesAtOnceWithoutALoser() throws Exception {
        List<Integer> numbers = together(6, worker -> {
            List<Integer> mine = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                CommitId head = commit(
                        worker.repository(),
                        List.of(worker.repository().ref(MAIN).orElseThrow()),
                        author("alice"),
                        SourceFile.of("file", worker.user() + i));
                Proposal opened = host(worker.repository(), "alice")
                        .open(new ProposalDraft(new ProposalText("Promote " + i, "", "promote/dev/a/b"), head));
                assertThat(opened.head()).isEqualTo(head);
                mine.add(opened.number());
            }
            return mine;
        });

        assertThat(numbers).hasSize(24).containsOnly(1);
        assertThat(host(repository, "alice").list(Proposal.State.OPEN)).hasSize(1);
    }

    @Test
    void mergesOrClosesAProposalWhileItsAuthorKeepsChangingIt() throws Exception {
        for (int number = 1; number <= 12; number++) {
            open("alice", "source " + number, head("alice", "file" + number));
        }

        together(3, worker -> {
            GitHost host = host(worker.repository(), worker.index() == 0 ? "alice" : "bob");
            for (int number = 1; number <= 12; number++) {
                if (worker.index() == 0) {
                    for (int i = 0; i < 3; i++) {
                        CommitId main = worker.repository().ref(MAIN).orElseThrow();
                        SourceFile file = SourceFile.of("file" + number, "x" + i);
                        CommitId head = commit(worker.repository(), List.of(main), author("alice"), file);
                        host.open(new ProposalDraft(new ProposalText("Add", "", "source " + number), head));
                    }
                } else if (worker.index() == 1 + number % 2) {
                    endOne(host, worker, number);
                }
            }
            return List.of();
        });

        assertThat(host(repository, "bob").list(Proposal.State.MERGED).size()
                        + host(repository, "bob").list(Proposal.State.CLOSED).size())
                .isGreaterThanOrEqualTo(12);
    }

    private void endOne(GitHost host, Worker worker, int number) {
        if (worker.index() == 1) {
            host.close(number);
            return;
        }
        MergeResult result;
        do {
            Proposal proposal = host.read(number);
            result = host.merge(request(proposal, worker.repository().ref(MAIN).orElseThrow()));
        } while (result instanceof MergeResult.Moved);
        assertThat(result).isInstanceOf(MergeResult.Merged.class);
    }

    @Test
    void findsAProposalAtEveryMomentWhileItIsMerged() throws Exception {
        for (int number = 1; number <= 30; number++) {
            open("alice", "source " + number, head("alice", "file" + number));
        }

        List<Integer> seen = together(3, worker -> {
            GitHost host = host(worker.repository(), worker.user());
            List<Integer> mine = new ArrayList<>();
            for (int number = 1; number <= 30; number++) {
                if (worker.index() == 0) {
                    CommitId main = worker.repository().ref(MAIN).orElseThrow();
                    assertThat(host.merge(request(host.read(number), main))).isInstanceOf(MergeResult.Merged.class);
                    continue;
                }
                while (host.read(number).state() == Proposal.State.OPEN) {
                    Thread.onSpinWait();
                }
                mine.add(number);
            }
            return mine;
        });

        assertThat(seen).hasSize(60);
    }

    @Test
    void mergesAllProposalsWhenManyMergeAtOnce() throws Exception {
        for (int i = 1; i <= 8; i++) {
            open("alice", "source " + i, head("alice", "file" + i));
        }

        together(4, worker -> {
            GitHost host = host(worker.repository(), worker.user());
            for (int number = worker.index() + 1; number <= 8; number += 4) {
                MergeResult result;
                do {
                    Proposal proposal = host.read(number);
                    result = host.merge(
                            request(proposal, worker.repository().ref(MAIN).orElseThrow()));
                } while (result instanceof MergeResult.Moved);
                assertThat(result).isInstanceOf(MergeResult.Merged.class);
            }
            return List.of();
        });

        assertThat(repository.snapshot(target()).list("")).hasSize(9);
        assertThat(host(repository, "bob").list(Proposal.State.MERGED)).hasSize(8);
        assertThat(repository.refs("refs/modelgate/proposals/")).isEmpty();
    }

    private record Worker(RegistryRepository repository, String user, int index) {}

    private interface Work {
        List<Integer> of(Worker worker) throws Exception;
    }

    private List<Integer> together(int count, Work work) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(count);
        try {
            List<Callable<List<Integer>>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                RegistryRepository own = Repositories.open(folder.resolve("registry.git"));
                opened.add(own);
                Worker worker = new Worker(own, "user" + i, i);
                calls.add(() -> work.of(worker));
            }
            List<Integer> results = new ArrayList<>();
            for (Future<List<Integer>> result : pool.invokeAll(calls)) {
                results.addAll(result.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
