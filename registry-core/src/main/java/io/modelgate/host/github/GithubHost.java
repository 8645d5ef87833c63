package io.modelgate.host.github;

import io.modelgate.finding.Finding;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Changes;
import io.modelgate.host.GitHost;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.HubComments;
import io.modelgate.host.HubRepository;
import io.modelgate.host.LastWords;
import io.modelgate.host.MergeLoop;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.MergeResult;
import io.modelgate.host.OneComment;
import io.modelgate.host.OwnAccount;
import io.modelgate.host.OwnTouches;
import io.modelgate.host.Proposal;
import io.modelgate.host.ProposalDraft;
import io.modelgate.host.PullRequests;
import io.modelgate.host.ReviewDraft;
import io.modelgate.host.Safeguard;
import io.modelgate.host.Status;
import io.modelgate.host.TouchedProposals;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Participants;
import io.modelgate.policy.Review;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A registry on GitHub, through its REST API (docs.github.com/rest, version 2022-11-28). */
public final class GithubHost implements GitHost {
    private static final int MOST = 10_000;
    private static final int PAGE = 100;
    private static final String MANY = "?per_page=" + PAGE;

    /** Of a pull request the host lists 250 commits at most; one commit comes with its files, by pages. */
    private static final HubRepository.Commits COMMITS =
            new HubRepository.Commits(MANY, PAGE, 250, id -> "/commits/" + id + "?per_page=1");

    private static final int LONGEST_COMMENT = 65_000;

    /** The host takes 140 characters. */
    private static final int LONGEST_STATUS = 138;

    /** The account that stands for all that are gone. */
    private static final String GHOST = "ghost";

    private final HostClient client;
    private final HostSite site;
    private final HostedRepository repository;
    private final String repo;
    private final HubRepository hub;
    private final PullRequests<Pull> pulls;
    private final OwnAccount self;
    private final OwnTouches touches;
    private final OneComment comment;

    /**
     * @param client asks {@code https://api.github.com}, or {@code <base>/api/v3}
     * @param whoAmI tells the user that asks, as the API has users: {@code /user} for a token, an App's own user for an App
     */
    public GithubHost(HostSite site, HostClient client, HostedRepository repository, Supplier<Json> whoAmI) {
        this.site = site;
        this.client = client;
        this.repository = repository;
        this.repo = HubRepository.path(site);
        this.hub = new HubRepository(client, repo);
        this.pulls = new PullRequests<>(client, repository, repo + "/pulls", Pull::new);
        this.self = new OwnAccount(whoAmI);
        this.touches = new OwnTouches(client, repo, self::number, MANY);
        this.comment = new OneComment(new HubComments(client, repo, self::number, touches), LONGEST_COMMENT);
    }

    /** Where the API of a host is (docs.github.com, "Getting started with the REST API", cloud and enterprise). */
    public static URI api(URI base) {
        return "github.com".equals(base.getHost())
                ? URI.create("https://api.github.com")
                : URI.create(base + "/api/v3");
    }

    /** Makes the repository, private, for this user or for an organisation; does nothing when it is there. */
    public static void create(HostSite site, HostClient client) {
        String name = site.ownerAndName().get(1);
        HubRepository.create(site, client, Json.object("name", name, "private", true, "auto_init", false));
    }

    @Override
    public String kind() {
        return "github";
    }

    @Override
    public Optional<URI> page(int number) {
        return Optional.of(URI.create(site.base() + "/" + site.project() + "/pull/" + number));
    }

    @Override
    public UserId me() {
        return self.user(site.base().getHost(), json -> user(json, repository.accounts()));
    }

    @Override
    public Optional<UserId> user(String login) {
        return client.find(HostClient.path("users", login)).flatMap(json -> user(json, repository.accounts()));
    }

    /** The user that an answer tells of; nobody for an account that was deleted. */
    static Optional<UserId> user(Json user, Accounts accounts) {
        return user.text("login").filter(GHOST::equals).isPresent() ? Optional.empty() : accounts.user(user, "login");
    }

    @Override
    public Proposal open(ProposalDraft draft) {
        repository.requireProposable(draft.head());
        String login = self.json().text("login").orElse("");
        String branch = HostedRepository.branchFor(login, draft.text().source());
        repository.push(branch, draft.head());
        String owner = site.ownerAndName().get(0);
        Optional<Pull> mine =
                pulls.ofBranch(pulls("&state=open&head=" + HostClient.encode(owner + ":" + branch)), branch);
        if (mine.isEmpty()) {
            return proposal(new Pull(hub.open(branch, repository.branch(), draft.text())), draft.head());
        }
        int number = mine.get().number();
        hub.describe(number, mine.get().text(repository.accounts()), draft.text());
        return proposal(pulls.settled(number, draft.head()), draft.head());
    }

    @Override
    public List<Proposal> list(Proposal.State state) {
        String query = "&state=" + (state == Proposal.State.OPEN ? "open" : "closed");
        return pulls.proposals(pulls(query), state, Pull::knownHead);
    }

    @Override
    public Set<String> refsOfEnded(Instant before) {
        return pulls.refsOfEnded(pulls("&state=closed"), before, "refs/pull/%d/head", "refs/pull/%d/merge");
    }

    @Override
    public Changes changes(String cursor) {
        return new TouchedProposals(
                        client,
                        new TouchedProposals.Lists(
                                ofBranch() + "&state=open&sort=created&direction=asc",
                                all() + "&state=all&sort=updated&direction=desc",
                                PAGE),
                        json -> new Pull(json).number(),
                        touches)
                .after(cursor);
    }

    private List<Pull> pulls(String query) {
        return pulls.ofRegistry(client.all(ofBranch() + query, MOST));
    }

    private String ofBranch() {
        return all() + "&base=" + HostClient.encode(repository.branch());
    }

    private String all() {
        return repo + "/pulls?per_page=" + PAGE;
    }

    @Override
    public Proposal read(int number) {
        Pull pull = pulls.ofRegistry(number);
        return proposal(pull, pull.head());
    }

    private Proposal proposal(Pull pull, CommitId head) {
        repository.bring(head, "refs/pull/" + pull.number() + "/head");
        Governance governance = repository.governance();
        Accounts accounts = new Accounts(governance);
        Reviews reader = new Reviews(client, repo, accounts);
        List<Json> timeline = touches.timeline(pull.number());
        touches.read(pull.json(), timeline);
        Set<Long> ofAnotherChange = Retargets.reviewsBefore(timeline);
        List<Review> reviews = new LastWords(governance, new GithubTeams(client, accounts)::members)
                .of(hub.said(pull.number(), MANY, ofAnotherChange, reader::said));
        return new Proposal(
                pull.number(), pull.text(accounts), pull.state(), head, participants(pull, head, accounts), reviews);
    }

    /** Who opened it, who pushed to it, and whom its commits name: by address, here and on the host. */
    private Participants participants(Pull pull, CommitId head, Accounts accounts) {
        UserId author = pull.author(accounts);
        if (pull.state() != Proposal.State.OPEN) {
            return new Participants(author, Set.of(author), Optional.empty());
        }
        Stream<UserId> named = hub.namedInCommits(pull.number(), repository.sampled(head), COMMITS)
                .flatMap(each -> user(each, accounts).stream());
        Pushers pushers = new Pushers(client, accounts, repository::isMerged);
        return repository.participants(head, author, () -> pushers.of(pull, head), named);
    }

    @Override
    public void review(int number, ReviewDraft draft) {
        Proposal proposal = read(number);
        proposal.require(draft, me());
        ReviewWriter writer = new ReviewWriter(client, pulls.path(number));
        switch (draft.state()) {
            case APPROVED -> writer.say(proposal.head(), "APPROVE", draft.text());
            case CHANGES_REQUESTED -> writer.say(proposal.head(), "REQUEST_CHANGES", draft.text());
            case COMMENTED -> writer.say(proposal.head(), "COMMENT", draft.text());
            case DISMISSED -> writer.withdraw(self.number(), draft.text());
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
        hub.status(commit, status, LONGEST_STATUS);
    }

    @Override
    public void annotate(CommitId commit, Status status, List<Finding> findings) {
        boolean app = self.json().text("type").filter("Bot"::equals).isPresent();
        if (app) {
            Annotations.say(client, repo, commit, status, findings);
        }
    }

    @Override
    public boolean stands(CommitId commit, Status.State state) {
        return hub.stands(commit, self.number(), state);
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        return new MergeLoop<>(client, repository, pulls, new GithubMerge(client, repo)).merge(request);
    }

    @Override
    public Optional<Boolean> guards(String branch) {
        return new Protection(client, repo, branch).isThere();
    }

    @Override
    public List<Safeguard> safeguards() {
        return new Protection(client, repo, repository.branch()).safeguards();
    }

    @Override
    public void protect(Optional<String> gate) {
        new Protection(client, repo, repository.branch()).set(gate);
    }

    @Override
    public void close(int number) {
        read(number).requireOpen();
        hub.close(number);
    }
}
