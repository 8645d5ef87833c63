package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.NewHostedRegistry;
import io.modelgate.Registry;
import io.modelgate.RegistryLocation;
import io.modelgate.Session;
import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.RegistryRepository;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.policy.Review;
import io.modelgate.promotion.Submission;
import io.modelgate.store.Progress;
import io.modelgate.watch.HookListener;
import io.modelgate.watch.HookSignature;
import io.modelgate.watch.Watcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proposals from opening to merging on a real Gitea, by HTTP and by SSH, with a watcher for a gate. It is long since all of it
 * shares one Gitea, which takes seconds to start.
 */
class GiteaFlowTest {
    private static final String REGISTRY = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            stores: [{name: main, url: "file:/nowhere/artifacts"}]
            host: {kind: gitea, url: "https://git.acme.example"}
            people: [{id: alice, emails: [alice@acme.example]}]
            roles: {reviewer: [bob, carol], spare: [bob]}
            """;

    @TempDir
    Path folder;

    private GiteaRig rig;

    @BeforeEach
    void init() {
        rig = new GiteaRig(folder, SourceFile.of("registry.yaml", REGISTRY));
    }

    @AfterEach
    void close() {
        if (rig != null) {
            rig.close();
        }
    }

    private Registry registry(String user, String address, Map<String, String> more) {
        Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("MODELGATE_TOKEN", rig.gitea.token(user));
        environment.putIfAbsent("HOME", folder.toString());
        return Registry.open(
                new RegistryLocation(address),
                new Session(
                        Optional.empty(),
                        Clock.systemUTC(),
                        environment,
                        folder.resolve("cache-" + user),
                        Progress.NONE));
    }

    private Registry registry(String user) {
        return registry(user, rig.gitea.address(rig.repository), Map.of());
    }

    private static ProposalText text(String source) {
        return new ProposalText("Change it: " + source, "Because.", source);
    }

    private Submission propose(Registry registry, String source, SourceFile... files) throws IOException {
        Path work = Files.createTempDirectory(folder, "work");
        for (SourceFile file : files) {
            Path target = work.resolve(file.path());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.text());
        }
        return registry.propose(work, text(source), false);
    }

    private List<Json> comments(int number) {
        return rig.client("bob").all(rig.api("/issues/" + number + "/comments"), 50).stream()
                .filter(json -> json.text("body").orElse("").contains("modelgate/gate"))
                .toList();
    }

    private String status(CommitId head) {
        return rig.client("bob").get(rig.api("/commits/" + head + "/status")).elements("statuses").findFirst().stream()
                .map(json -> json.text("context").orElse("") + " "
                        + json.text("status").orElse(""))
                .findFirst()
                .orElse("none");
    }

    @Test
    void bringsAProposalFromAliceToMainUnderAWatcher() throws IOException {
        try (Registry alice = registry("alice");
                Registry bob = registry("bob");
                Registry gate = registry("carol")) {
            int number = propose(
                            alice, "describe", SourceFile.of("registry.yaml", REGISTRY + "description: Of Acme.\n"))
                    .proposal()
                    .getAsInt();
            CommitId head = alice.proposal(number).head();
            assertThat(comments(number)).isEmpty();
            Watcher watcher = new Watcher(gate.workplace(), false);

            assertThat(watcher.look())
                    .extracting(Watcher.Event::what)
                    .singleElement()
                    .asString()
                    .startsWith("pending");
            assertThat(status(head)).isEqualTo("modelgate/gate pending");
            assertThat(comments(number)).hasSize(1);
            watcher.look();
            assertThat(new Watcher(gate.workplace(), false).look()).hasSize(1);
            assertThat(comments(number)).hasSize(1);

            assertThat(bob.review(number, new ReviewDraft(Review.State.APPROVED, "Good."))
                            .outcome())
                    .isEqualTo(Verdict.Outcome.PASS);
            assertThat(watcher.look()).extracting(Watcher.Event::what).containsExactly("pass: It can be merged.");
            assertThat(status(head)).isEqualTo("modelgate/gate success");
            assertThat(comments(number)).hasSize(1);
            assertThat(new Watcher(gate.workplace(), true).look())
                    .extracting(Watcher.Event::what)
                    .last()
                    .asString()
                    .startsWith("merged as ");
            assertThat(alice.proposal(number).state()).isEqualTo(Proposal.State.MERGED);
            rig.clone("bob").refreshNow();
            assertThat(rig.clone("bob").facts(rig.target()).trailers("Approved-by"))
                    .containsExactly("gitea:bob");
        }
    }

    @Test
    void mergesNotBothOfTwoProposalsThatAreWrongTogether() throws IOException {
        String policy = """
                apiVersion: modelgate.io/v1
                kind: Policy
                name: spare
                description: A spare one.
                appliesTo: {stages: [dev]}
                rules:
                  - {id: spare, rationale: So that there are two., approvals: {count: 1, role: spare}}
                """;
        try (Registry alice = registry("alice");
                Registry bob = registry("bob");
                Registry gate = registry("carol")) {
            int one = propose(alice, "without", SourceFile.of("registry.yaml", REGISTRY.replace(", spare: [bob]", "")))
                    .proposal()
                    .getAsInt();
            int two = propose(
                            alice,
                            "with",
                            SourceFile.of("registry.yaml", REGISTRY),
                            SourceFile.of("policies/spare.yaml", policy))
                    .proposal()
                    .getAsInt();
            assertThat(bob.review(one, new ReviewDraft(Review.State.APPROVED, ""))
                            .outcome())
                    .isEqualTo(Verdict.Outcome.PASS);
            assertThat(bob.review(two, new ReviewDraft(Review.State.APPROVED, ""))
                            .outcome())
                    .isEqualTo(Verdict.Outcome.PASS);

            List<Watcher.Event> events = new Watcher(gate.workplace(), true).look();

            assertThat(events).extracting(Watcher.Event::what).anyMatch(what -> what.startsWith("merged as "));
            assertThat(events).extracting(Watcher.Event::what).anyMatch(what -> what.startsWith("fail"));
            assertThat(List.of(alice.proposal(one).state(), alice.proposal(two).state()))
                    .containsExactlyInAnyOrder(Proposal.State.MERGED, Proposal.State.OPEN);
        }
    }

    @Test
    void takesAPublishedVerdictBackFromWhatIsForAnotherBranch() throws IOException {
        try (Registry alice = registry("alice");
                Registry gate = registry("carol")) {
            SourceFile change = SourceFile.of("registry.yaml", REGISTRY + "description: Of Acme.\n");
            int number = propose(alice, "describe", change).proposal().getAsInt();
            Proposal proposal = gate.proposal(number);
            gate.publish(proposal, gate.judge(proposal));
            rig.push("alice", "other", rig.target());
            rig.client("alice").patch(rig.api("/pulls/" + number), Json.object("base", "other"));

            assertThatThrownBy(() -> gate.proposal(number))
                    .isInstanceOfSatisfying(RetargetedException.class, gate::takeBack);

            assertThat(status(proposal.head())).isEqualTo("modelgate/gate failure");
            assertThat(comments(number)).singleElement().asString().contains("merged into other, and is not judged");
        }
    }

    @Test
    void beginsARegistryInARepositoryThatIsNotThere() {
        RegistryLocation location =
                new RegistryLocation(rig.gitea.address("alice/" + rig.repository.replace('/', '-')));
        Session session = new Session(
                Optional.empty(),
                Clock.systemUTC(),
                Map.of("MODELGATE_TOKEN", rig.gitea.token("alice"), "HOME", folder.toString()),
                folder.resolve("cache-new"),
                Progress.NONE);
        RegistryConfig config = new RegistryConfig(
                "models",
                Optional.empty(),
                List.of(new Stage("dev"), new Stage("prod")),
                "main",
                NewHostedRegistry.host(location, HostConfig.Kind.GITEA, session),
                List.of(new StoreConfig("main", "file:///srv/artifacts")),
                Governance.NONE);

        CommitId commit = new NewHostedRegistry(location, session).make(config).get();

        assertThat(new NewHostedRegistry(location, session).make(config).get()).isEqualTo(commit);
        try (Registry registry = Registry.open(location, session)) {
            registry.host().protect(Optional.of("carol"));
            assertThat(registry.host().kind()).isEqualTo("gitea");
            assertThat(registry.snapshot().read(".gitea/workflows/modelgate.yaml"))
                    .hasValueSatisfying(file -> assertThat(file.text()).contains("modelgate watch --once"));
            assertThat(registry.host().safeguards())
                    .extracting(Safeguard::state)
                    .containsOnly(Safeguard.State.HOLDS);
        }
    }

    @Test
    void saysTheVerdictOnTheMergeThatAQueueBuilt() {
        Proposal proposal = rig.open("alice", "described", rig.head("alice", described()));
        rig.push("bob", "main", rig.head("bob", SourceFile.of("docs/other.md", "Meanwhile.\n")));
        CommitId target = rig.target();
        RegistryRepository queue = rig.clone("bob");
        CommitId built = commit(queue, queue.merge(target, proposal.head()), List.of(target, proposal.head()));
        CommitId late = commit(queue, queue.merge(target, proposal.head()), List.of(proposal.head(), target));
        rig.push("bob", "queue/1", built);
        rig.push("bob", "queue/2", late);
        try (Registry gate = registry("carol")) {
            Proposal read = gate.proposal(proposal.number());
            Verdict verdict = gate.judge(read);

            gate.publish(read, verdict, built);

            assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.PENDING);
            assertThat(status(built)).isEqualTo("modelgate/gate pending");
            GitHostContract.assertTrouble(RegistryException.Kind.CONFLICT, () -> gate.publish(read, verdict, late))
                    .hasMessageContaining("is not the merge of");
            assertThat(status(late)).isEqualTo("none");
            assertThat(status(proposal.head())).isEqualTo("none");
        }
    }

    private static SourceFile described() {
        return SourceFile.of("registry.yaml", REGISTRY + "description: Of Acme.\n");
    }

    private static CommitId commit(RegistryRepository queue, MergeOutcome outcome, List<CommitId> parents) {
        return queue.commit(
                ((MergeOutcome.Merged) outcome).result(),
                new CommitDraft(
                        "Build it\n",
                        new Author("queue", "queue@acme.example"),
                        Instant.parse("2026-11-24T10:00:00Z"),
                        parents));
    }

    @Test
    void refusesThreeThousandChangedFiles() {
        SourceFile[] files = java.util.stream.IntStream.range(0, 3_000)
                .mapToObj(i -> SourceFile.of("docs/" + i + ".md", i + "\n"))
                .toArray(SourceFile[]::new);
        Proposal proposal = rig.open("alice", "many", rig.head("alice", files));
        try (Registry gate = registry("carol")) {
            assertThat(new Watcher(gate.workplace(), true).look())
                    .extracting(Watcher.Event::what)
                    .singleElement()
                    .asString()
                    .startsWith("fail");
            assertThat(comments(proposal.number()))
                    .singleElement()
                    .extracting(json -> json.text("body").orElse(""))
                    .asString()
                    .contains("changes 3000 files; at most 2000 are judged");
        }
    }

    @Test
    void isWokenByTheHostsOwnWebhook() throws InterruptedException {
        CountDownLatch woken = new CountDownLatch(1);
        try (HookListener listener = new HookListener(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new HookSignature("a-long-enough-secret"),
                path -> {
                    if (path.equals(rig.repository)) {
                        woken.countDown();
                    }
                    return path.equals(rig.repository);
                })) {
            rig.gitea
                    .administrator()
                    .post(
                            rig.api("/hooks"),
                            Json.object(
                                    "type",
                                    "gitea",
                                    "active",
                                    true,
                                    "events",
                                    List.of("pull_request", "push"),
                                    "config",
                                    Json.nested(
                                            "url",
                                            "http://127.0.0.1:" + listener.port() + "/" + rig.repository,
                                            "content_type",
                                            "json",
                                            "secret",
                                            "a-long-enough-secret")));
            rig.open("alice", "one", rig.head("alice", SourceFile.of("one.txt", "one\n")));

            assertThat(woken.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void worksOverSsh() throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve("home/.ssh")).getParent();
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                home.resolve(".ssh/id_ed25519").toString());
        URI ssh = URI.create(rig.gitea.sshAddress(rig.repository));
        String known = run("ssh-keyscan", "-p", String.valueOf(ssh.getPort()), ssh.getHost());
        Files.writeString(home.resolve(".ssh/known_hosts"), known);
        rig.client("alice")
                .post(
                        "/user/keys",
                        Json.object(
                                "title",
                                rig.repository,
                                "key",
                                Files.readString(home.resolve(".ssh/id_ed25519.pub"))
                                        .strip()));
        Map<String, String> environment = Map.of(
                "HOME",
                home.toString(),
                "MODELGATE_HOST",
                "gitea=" + rig.gitea.address("x").replaceAll("/x.git$", ""));
        try (Registry alice = registry("alice", ssh.toString(), environment)) {
            Submission submission =
                    propose(alice, "describe", SourceFile.of("registry.yaml", REGISTRY + "description: Of Acme.\n"));

            assertThat(submission.proposal()).isEqualTo(OptionalInt.of(1));
            assertThat(alice.proposal(1).participants().author().value()).isEqualTo("alice");
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    @Test
    void seesAndSetsWhatProtectsTheTargetBranch() {
        HostClient administrator = rig.gitea.administrator();
        GitHost host = new io.modelgate.host.gitea.GiteaHost(
                io.modelgate.host.http.HostSite.find(
                                io.modelgate.git.RemoteSite.of(rig.gitea.address(rig.repository)),
                                new io.modelgate.manifest.HostConfig(
                                        io.modelgate.manifest.HostConfig.Kind.GITEA, Optional.empty()),
                                Map.of())
                        .orElseThrow(),
                administrator,
                new HostedRepository(rig.clone("alice"), "main"));

        assertThat(host.safeguards()).extracting(Safeguard::state).containsExactly(Safeguard.State.MISSING);
        host.protect(Optional.empty());
        assertThat(host.safeguards())
                .extracting(Safeguard::name, Safeguard::state)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("required check", Safeguard.State.HOLDS),
                        org.assertj.core.groups.Tuple.tuple("merging", Safeguard.State.DOUBTFUL))
                .doesNotContain(org.assertj.core.groups.Tuple.tuple("pushes", Safeguard.State.MISSING));
        host.protect(Optional.of("carol"));
        assertThat(host.safeguards()).extracting(Safeguard::state).containsOnly(Safeguard.State.HOLDS);
        assertThat(rig.host("bob").safeguards())
                .extracting(Safeguard::name, Safeguard::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("required check", Safeguard.State.HOLDS),
                        org.assertj.core.groups.Tuple.tuple("protection", Safeguard.State.DOUBTFUL));
        // Bob has no way round it: he cannot merge, and his own word for the check is worth nothing then.
        Proposal proposal = rig.open("alice", "one", rig.head("alice", SourceFile.of("one.txt", "one\n")));
        rig.host("bob").status(proposal.head(), new Status(Status.State.SUCCESS, "Says bob."));
        assertThat(rig.host("bob").merge(new MergeRequest(proposal.number(), proposal.head(), rig.target(), "Merge\n")))
                .isInstanceOf(MergeResult.Refused.class);
    }
}
