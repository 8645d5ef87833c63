package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.gate.Verdict;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.GitProgram;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.PushedRepository;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.RiskTier;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A registry behind a hook, and a copy of it that everybody pushes from with the real {@code git}. */
final class HookedRegistry implements AutoCloseable {
    static final String MAIN = "refs/heads/main";
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    /** Alice proposes; bob and carol may approve. */
    static final String REVIEWED = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            stores: [{name: main, url: "file:artifacts"}]
            people:
              - {id: bob, name: Bob Brandt, emails: [bob@acme.example]}
            roles: {reviewer: [bob, carol]}
            approvals: {configuration: {count: 1, role: reviewer}}
            """;

    private final Path folder;
    private final HookServer hooks;
    private final RegistryRepository server;
    private final List<RegistryRepository> opened = new ArrayList<>();
    private final GitProgram git;
    private final RegistryRepository copy;

    HookedRegistry(Path folder, String registry) throws IOException, InterruptedException {
        this.folder = folder;
        server = Repositories.init(folder.resolve("registry.git"), "main");
        if (!registry.isEmpty()) {
            CommitId first = server.commit(
                    server.edit(server.empty(), TreeEdit.of(List.of(SourceFile.of("registry.yaml", registry)))),
                    new CommitDraft("Start\n", author("admin"), NOW.minus(Duration.ofDays(9)), List.of()));
            server.publish(List.of(RefChange.create(MAIN, first)));
        }
        hooks = new HookServer(folder.resolve("hooks"), CLOCK);
        HookInstallation.install(server, List.of(hooks.launcher().toString()), LocalIdentity.Mode.FORCED_COMMAND);
        git = new GitProgram(folder.resolve("copy.git"), Map.of());
        copy = Repositories.init(git.folder(), "main");
        copy.configure(new TreeMap<>(Map.of("gc.auto", "0", "core.logAllRefUpdates", "false")));
        fetch();
    }

    /** The copy, to make commits in. */
    RegistryRepository copy() {
        return copy;
    }

    /** The registry itself. */
    RegistryRepository server() {
        return server;
    }

    Path folder() {
        return folder;
    }

    GitProgram git() {
        return git;
    }

    /** The copy as this user pushes from it. */
    GitProgram git(String user) {
        return git.with(LocalIdentity.FORCED_USER, user);
    }

    /** A host whose every write is a push of this user. */
    LocalHost host(String user) {
        RegistryRepository pushed = PushedRepository.open(git(user));
        opened.add(pushed);
        return new LocalHost(pushed, new UserId(user), author(user), CLOCK, "main");
    }

    void fetch() {
        git.line("fetch", "-q", "--prune", PushedRepository.ORIGIN, "+refs/*:refs/*");
    }

    /** Pushes as this user, and brings the copy up to date again. */
    GitProgram.Result push(String user, String... refs) {
        List<String> words = new ArrayList<>(List.of("push", PushedRepository.ORIGIN));
        words.addAll(List.of(refs));
        GitProgram.Result result = git(user).run(words.toArray(String[]::new));
        fetch();
        return result;
    }

    /** Pushes as this user what must be refused by this rule, whole. */
    void assertRefused(String user, String rule, String... refs) {
        Map<String, CommitId> before = server.refs("refs/");
        GitProgram.Result result = push(user, refs);
        assertThat(result.err()).contains("remote: " + rule + " ").contains("pre-receive hook declined");
        assertThat(result.code()).isNotZero();
        assertThat(server.refs("refs/")).isEqualTo(before);
    }

    /** Pushes as this user what must be accepted. */
    void assertAccepted(String user, String... refs) {
        GitProgram.Result result = push(user, refs);
        assertThat(result.ok()).as(result.err()).isTrue();
    }

    CommitId main() {
        return server.ref(MAIN).orElseThrow();
    }

    static Author author(String user) {
        return new Author(user, CommitPeople.madeUpAddress(new UserId(user)));
    }

    /** The merge of a proposal as Modelgate makes it, not pushed. */
    CommitId mergeCommit(String user, Proposal proposal) {
        return mergeCommit(user, NOW, message(proposal.number()), main(), proposal.head());
    }

    /** A commit with the tree that merging the first two parents gives. */
    CommitId mergeCommit(String user, Instant when, String message, CommitId... parents) {
        MergeOutcome.Merged merged = (MergeOutcome.Merged) copy.merge(parents[0], parents[1]);
        return copy.commit(merged.result(), new CommitDraft(message, author(user), when, List.of(parents)));
    }

    /** A commit of the copy that adds a file to its first parent. */
    CommitId commit(String user, SourceFile file, CommitId... parents) {
        return commit(user, NOW, "Add " + file.path() + "\n", file, parents);
    }

    CommitId commit(String user, Instant when, String message, SourceFile file, CommitId... parents) {
        return copy.commit(
                copy.edit(parents.length == 0 ? copy.empty() : copy.snapshot(parents[0]), TreeEdit.of(List.of(file))),
                new CommitDraft(message, author(user), when, List.of(parents)));
    }

    /** A commit on the target branch that proposes a new model of this name. */
    CommitId head(String user, String name) {
        return commit(user, model(name), main());
    }

    static SourceFile model(String name) {
        return new Model(
                        new ModelName("test", name),
                        "Made for a test.",
                        List.of(new UserId("alice")),
                        "To be tested.",
                        RiskTier.MINIMAL,
                        Optional.empty(),
                        Map.of())
                .toFile();
    }

    Proposal open(String user, String name) {
        return open(user, name, head(user, name));
    }

    Proposal open(String user, String source, CommitId head) {
        return host(user).open(new ProposalDraft(new ProposalText("Add " + source, "", source), head));
    }

    /** The message that a merge of this proposal must have. */
    String message(int number) {
        Proposal proposal = host("nobody").read(number);
        Verdict verdict = new Judging(copy, folder, CLOCK).judge(main(), proposal);
        return MergeMessage.of(
                proposal,
                verdict,
                "local",
                CommitPeople.of(Optional.of(copy.snapshot(main()))).governance());
    }

    MergeResult merge(String user, Proposal proposal) {
        return host(user)
                .merge(new MergeRequest(proposal.number(), proposal.head(), main(), message(proposal.number())));
    }

    @Override
    public void close() throws IOException {
        hooks.close();
        opened.forEach(RegistryRepository::close);
        copy.close();
        server.close();
    }
}
