package io.modelgate.host.bitbucket;

import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Changes;
import io.modelgate.host.GitHost;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.MergeLoop;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.MergeResult;
import io.modelgate.host.OneComment;
import io.modelgate.host.OwnAccount;
import io.modelgate.host.Proposal;
import io.modelgate.host.ProposalDraft;
import io.modelgate.host.ProposalText;
import io.modelgate.host.PullRequests;
import io.modelgate.host.ReviewDraft;
import io.modelgate.host.Safeguard;
import io.modelgate.host.Status;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.UserId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A registry on Bitbucket Data Center, through its REST API as of version 9.2. */
public final class BitbucketServerHost implements GitHost {
    private static final int LONGEST_COMMENT = 32_000;
    private static final int LONGEST_STATUS = 250;

    private final HostSite site;
    private final Place place;
    private final HostClient client;
    private final HostedRepository repository;
    private final Users users;
    private final String path;
    private final PullRequests<Pull> pulls;
    private final OneComment comment;

    /** @param client asks {@link #api} as this user */
    public BitbucketServerHost(HostSite site, HostClient client, HostedRepository repository) {
        this.site = site;
        this.place = Place.of(site);
        this.client = client;
        this.repository = repository;
        this.users = new Users(client, place);
        this.path = place.in("api") + "/pull-requests";
        this.pulls = new PullRequests<>(client, repository, path, Pull::new);
        this.comment = new OneComment(new Comments(client, pulls, users), LONGEST_COMMENT);
    }

    /** Where the host's APIs start. */
    public static URI api(HostSite site) {
        return URI.create(Place.of(site).base() + "/rest");
    }

    /** Makes the repository in its project, which must be there; does nothing when the repository is there. */
    public static void create(HostSite site, HostClient client) {
        Place place = Place.of(site);
        if (client.find(place.in("api")).isEmpty()) {
            client.post(
                    "/api/latest" + HostClient.path("projects", place.key(), "repos"),
                    Json.object("name", place.slug(), "scmId", "git", "defaultBranch", "main", "public", false));
        }
    }

    @Override
    public String kind() {
        return site.kind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<URI> page(int number) {
        return Optional.of(URI.create(place.page() + "/pull-requests/" + number));
    }

    @Override
    public UserId me() {
        return new OwnAccount(users::self).user(site.base().getHost(), user -> Users.user(user, repository.accounts()));
    }

    @Override
    public Optional<UserId> user(String login) {
        return users.named(login).flatMap(user -> Users.user(user, repository.accounts()));
    }

    @Override
    public Proposal open(ProposalDraft draft) {
        repository.requireProposable(draft.head());
        String name = users.self().text("name").orElse("");
        String branch = HostedRepository.branchFor(name, draft.text().source());
        Optional<Pull> mine =
                pulls.ofBranch(pulls("&state=OPEN&username.1=" + HostClient.encode(name) + "&role.1=AUTHOR"), branch);
        repository.push(branch, draft.head());
        if (mine.isPresent()) {
            Pull pull = pulls.settled(mine.get().number(), draft.head());
            return proposal(describe(pull, draft), draft.head());
        }
        Json made = client.post(
                path,
                Json.object(
                        "title",
                        draft.text().title(),
                        "description",
                        draft.text().description(),
                        "fromRef",
                        ref(branch),
                        "toRef",
                        ref(repository.branch())));
        return proposal(new Pull(made), draft.head());
    }

    private Json ref(String branch) {
        Json project = Json.nested("key", place.key());
        return Json.nested(
                "id", Pull.HEADS + branch, "repository", Json.nested("slug", place.slug(), "project", project));
    }

    /** Reviewers are told again, since those who are not would be removed. */
    private Pull describe(Pull pull, ProposalDraft draft) {
        ProposalText now = pull.text(repository.accounts());
        if (now.title().equals(draft.text().title())
                && now.description().equals(draft.text().description())) {
            return pull;
        }
        List<Json> reviewers = pull.json()
                .elements("reviewers")
                .flatMap(each -> each.text("user.name").stream())
                .map(name -> Json.nested("user", Json.nested("name", name)))
                .toList();
        String body = Json.object(
                "version",
                pull.version(),
                "title",
                draft.text().title(),
                "description",
                draft.text().description(),
                "reviewers",
                reviewers);
        String one = pulls.path(pull.number());
        return new Pull(client.require(client.ask("PUT", one, body), one).json());
    }

    @Override
    public List<Proposal> list(Proposal.State state) {
        String word = state == Proposal.State.CLOSED ? "DECLINED" : state.name();
        return pulls.proposals(pulls("&state=" + word), state, Pull::knownHead);
    }

    @Override
    public Set<String> refsOfEnded(Instant before) {
        return Stream.of("DECLINED", "MERGED")
                .map(state -> pulls.refsOfEnded(
                        pulls("&state=" + state), before, "refs/pull-requests/%d/from", "refs/pull-requests/%d/merge"))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    @Override
    public Changes changes(String cursor) {
        return new Fingerprints(pulls("&state=OPEN"), repository.accounts()).since(cursor);
    }

    private List<Pull> pulls(String query) {
        String target = HostClient.encode(Pull.HEADS + repository.branch());
        return pulls.ofRegistry(
                new Pages(client).all(path + "?direction=INCOMING&order=OLDEST&at=" + target + query, 1000));
    }

    @Override
    public Proposal read(int number) {
        Pull pull = pulls.ofRegistry(number);
        return proposal(pull, pull.head());
    }

    private Proposal proposal(Pull pull, CommitId head) {
        if (pull.ownBranch().isPresent() && !repository.has(head)) {
            repository.freshTarget();
        }
        repository.bring(head, "refs/pull-requests/" + pull.number() + "/from");
        Governance governance = repository.governance();
        Accounts accounts = new Accounts(governance);
        UserId author = pull.author(accounts);
        Pushers.Told told = new Pushers(client, accounts).of(pulls.path(pull.number()), pull, head, author);
        Stream<UserId> named = new Pages(client)
                .all(pulls.path(pull.number()) + "/commits").stream()
                        .flatMap(commit -> Stream.of(commit.at("author"), commit.at("committer")))
                        .flatMap(user -> Users.user(user, accounts).stream());
        return new Proposal(
                pull.number(),
                pull.text(accounts),
                pull.state(),
                head,
                repository.participants(head, author, told::pushes, named),
                new Reviews(users, governance).of(pull, head, told.activities(), this::isOnTarget));
    }

    /** Asks Git again for what is not here: it may have been merged just now. */
    private boolean isOnTarget(CommitId commit) {
        if (!repository.isMerged(commit.hex())) {
            repository.freshTarget();
        }
        return repository.isMerged(commit.hex());
    }

    @Override
    public void review(int number, ReviewDraft draft) {
        Proposal proposal = read(number);
        proposal.require(draft, me());
        Decision decision = new Decision(client, pulls.path(number), users.self());
        switch (draft.state()) {
            case APPROVED -> decision.take(pulls.at(number), "APPROVED", proposal.head());
            case CHANGES_REQUESTED -> decision.take(pulls.at(number), "NEEDS_WORK", proposal.head());
            case DISMISSED -> decision.withdraw();
            case COMMENTED -> {
                // The text alone.
            }
        }
        if (!draft.text().isBlank()) {
            client.post(pulls.path(number) + "/comments", Json.object("text", draft.text()));
        }
    }

    @Override
    public void comment(int number, String marker, String markdown) {
        comment.set(number, marker, markdown);
    }

    @Override
    public boolean amend(int number, String marker, String markdown) {
        return comment.amend(number, marker, markdown);
    }

    @Override
    public void status(CommitId commit, Status status) {
        client.post(
                place.in("api") + "/commits/" + commit + "/builds",
                Json.object(
                        "key",
                        Status.CONTEXT,
                        "parent",
                        Status.CONTEXT,
                        "name",
                        Status.CONTEXT,
                        "state",
                        status.state().build(),
                        "url",
                        place.page() + "/commits/" + commit,
                        "description",
                        status.description(LONGEST_STATUS)));
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        return new MergeLoop<>(client, repository, pulls, new ServerMerge(client, pulls)).merge(request);
    }

    @Override
    public List<Safeguard> safeguards() {
        return new Protection(client, place, repository.branch()).safeguards();
    }

    @Override
    public void protect(Optional<String> gate) {
        new Protection(client, place, repository.branch()).set(gate);
    }

    @Override
    public void close(int number) {
        read(number).requireOpen();
        Pull pull = pulls.at(number);
        client.post(pulls.path(number) + "/decline?version=" + pull.version(), Json.object("version", pull.version()));
    }
}
