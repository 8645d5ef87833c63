package io.modelgate.host.gitea;

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
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A registry on Gitea or Forgejo, through its API version 1. */
public final class GiteaHost implements GitHost {
    private static final int MOST = 10_000;
    private static final int PAGE = 50;
    private static final String MANY = "?limit=" + PAGE;
    private static final String BRIEF = "stat=false&verification=false&files=false";
    private static final HubRepository.Commits COMMITS =
            new HubRepository.Commits(MANY + "&" + BRIEF, PAGE, MOST, id -> "/git/commits/" + id + "?" + BRIEF);
    private static final int LONGEST_COMMENT = 65_000;
    private static final int LONGEST_STATUS = 250;

    private final HostClient client;
    private final HostSite site;
    private final HostedRepository repository;
    private final String repo;
    private final HubRepository hub;
    private final PullRequests<Pull> pulls;
    private final OwnAccount self;
    private final OwnTouches touches;
    private final OneComment comment;

    /** @param client asks {@code <base>/api/v1} as this user */
    public GiteaHost(HostSite site, HostClient client, HostedRepository repository) {
        this.site = site;
        this.client = client;
        this.repository = repository;
        this.repo = HubRepository.path(site);
        this.hub = new HubRepository(client, repo);
        this.pulls = new PullRequests<>(client, repository, repo + "/pulls", Pull::new);
        this.self = new OwnAccount(() -> client.get("/user"));
        this.touches = new OwnTouches(client, repo, self::number, MANY);
        this.comment = new OneComment(new HubComments(client, repo, self::number, touches), LONGEST_COMMENT);
    }

    /** Makes the repository, private, for this user or for an organisation; does nothing when it is there. */
    public static void create(HostSite site, HostClient client) {
        String name = site.ownerAndName().get(1);
        HubRepository.create(
                site, client, Json.object("name", name, "private", true, "default_branch", "main", "auto_init", false));
    }

    @Override
    public String kind() {
        return site.kind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<URI> page(int number) {
        return Optional.of(URI.create(site.base() + "/" + site.project() + "/pulls/" + number));
    }

    @Override
    public UserId me() {
        return self.user(site.base().getHost(), json -> user(json, repository.accounts()));
    }

    @Override
    public Optional<UserId> user(String login) {
        return client.find(HostClient.path("users", login)).flatMap(json -> user(json, repository.accounts()));
    }

    /** The user that an answer tells of; nobody for an account that was deleted, or a team. */
    static Optional<UserId> user(Json user, Accounts accounts) {
        return accounts.user(user, "login");
    }

    @Override
    public Proposal open(ProposalDraft draft) {
        repository.requireProposable(draft.head());
        String login = self.json().text("login").orElse("");
        String branch = HostedRepository.branchFor(login, draft.text().source());
        Optional<Pull> mine = pulls.ofBranch(pulls("&state=open&poster=" + HostClient.encode(login)), branch);
        repository.push(branch, draft.head());
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
        return pulls.refsOfEnded(pulls("&state=closed"), before, "refs/pull/%d/head");
    }

    @Override
    public Changes changes(String cursor) {
        return new TouchedProposals(
                        client,
                        new TouchedProposals.Lists(
                                ofBranch() + "&state=open&sort=oldest", all() + "&state=all&sort=recentupdate", PAGE),
                        json -> new Pull(json).number(),
                        touches)
                .after(cursor);
    }

    private List<Pull> pulls(String query) {
        return pulls.ofRegistry(client.all(ofBranch() + query, MOST));
    }

    private String ofBranch() {
        return all() + "&base_branch=" + HostClient.encode(repository.branch());
    }

    private String all() {
        return repo + "/pulls?limit=" + PAGE;
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
        Reviews reader = new Reviews(accounts);
        UserId author = pull.author(accounts);
        Pushers.Timeline timeline = new Pushers(client, touches, accounts, repository::isMerged).of(pull, head, author);
        touches.read(pull.json(), timeline.events());
        Set<Long> ofAnotherChange = timeline.reviewsBeforeRetarget();
        List<Review> reviews = new LastWords(governance, new GiteaTeams(client, accounts)::members)
                .of(hub.said(pull.number(), MANY, ofAnotherChange, reader::said));
        // Who opened it, who pushed to it, and whom its commits name: by address, here and on the host.
        Stream<UserId> named = hub.namedInCommits(pull.number(), repository.sampled(head), COMMITS)
                .flatMap(each -> user(each, accounts).stream());
        return new Proposal(
                pull.number(),
                pull.text(accounts),
                pull.state(),
                head,
                repository.participants(head, author, timeline::pushes, named),
                reviews);
    }

    @Override
    public void review(int number, ReviewDraft draft) {
        Proposal proposal = read(number);
        proposal.require(draft, me());
        switch (draft.state()) {
            case APPROVED -> say(proposal, "APPROVED", draft.text());
            case CHANGES_REQUESTED -> say(proposal, "REQUEST_CHANGES", draft.text());
            case COMMENTED -> say(proposal, "COMMENT", draft.text());
            case DISMISSED -> withdraw(number, draft.text());
        }
    }

    private void say(Proposal proposal, String event, String text) {
        client.post(
                pulls.path(proposal.number()) + "/reviews",
                Json.object(
                        "event",
                        event,
                        "body",
                        text,
                        "commit_id",
                        proposal.head().toString()));
    }

    /** Takes back one's own word: as a dismissal, which stays to be seen, or where one may not, by deleting it. */
    private void withdraw(int number, String text) {
        String mine = pulls.path(number) + "/reviews";
        for (Json review : client.all(mine + MANY, MOST)) {
            boolean decides = review.text("state")
                    .filter(word -> word.equals("APPROVED") || word.equals("REQUEST_CHANGES"))
                    .isPresent();
            if (decides && !review.isTrue("dismissed") && self.is(review, "user.id")) {
                String path = mine + "/" + review.integer("id").orElseThrow();
                Answer dismissed = client.ask("POST", path + "/dismissals", Json.object("message", text));
                if (!dismissed.ok()) {
                    client.require(client.ask("DELETE", path, ""), path);
                }
            }
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
    public boolean stands(CommitId commit, Status.State state) {
        return hub.stands(commit, self.number(), state);
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        return new MergeLoop<>(client, repository, pulls, new GiteaMerge(client, repo)).merge(request);
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
