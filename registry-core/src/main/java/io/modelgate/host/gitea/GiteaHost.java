package io.modelgate.host.gitea;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Changes;
import io.modelgate.host.GitHost;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.LastWords;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.MergeResult;
import io.modelgate.host.OneComment;
import io.modelgate.host.Proposal;
import io.modelgate.host.ProposalDraft;
import io.modelgate.host.RetargetedException;
import io.modelgate.host.ReviewDraft;
import io.modelgate.host.Safeguard;
import io.modelgate.host.Status;
import io.modelgate.host.StatusWord;
import io.modelgate.host.TouchedProposals;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Participants;
import io.modelgate.policy.Review;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A registry on Gitea or Forgejo, through its API version 1. */
public final class GiteaHost implements GitHost {
    private static final int MOST = 10_000;
    private static final int PAGE = 50;
    private static final int LONGEST_COMMENT = 65_000;
    private static final int LONGEST_STATUS = 250;

    private final HostClient client;
    private final HostSite site;
    private final HostedRepository repository;
    private final String repo;
    private final OneComment comment;
    private Optional<Json> self = Optional.empty();

    /** @param client asks {@code <base>/api/v1} as this user */
    public GiteaHost(HostSite site, HostClient client, HostedRepository repository) {
        this.site = site;
        this.client = client;
        this.repository = repository;
        this.repo = HostClient.path(
                "repos", site.ownerAndName().get(0), site.ownerAndName().get(1));
        this.comment = new OneComment(client, repo, () -> self().integer("id"), LONGEST_COMMENT);
    }

    /** Makes the repository, private, for this user or for an organisation; does nothing when it is there. */
    public static void create(HostSite site, HostClient client) {
        String owner = site.ownerAndName().get(0);
        String name = site.ownerAndName().get(1);
        if (client.find(HostClient.path("repos", owner, name)).isPresent()) {
            return;
        }
        boolean own = client.get("/user")
                .text("login")
                .filter(owner::equalsIgnoreCase)
                .isPresent();
        client.post(
                own ? "/user/repos" : HostClient.path("orgs", owner, "repos"),
                Json.object("name", name, "private", true, "default_branch", "main", "auto_init", false));
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
        return user(self(), accounts())
                .orElseThrow(() -> RegistryException.environment(
                        site.base().getHost() + " does not say who you are.", "Use a token of a user.", null));
    }

    private Json self() {
        if (self.isEmpty()) {
            self = Optional.of(client.get("/user"));
        }
        return self.get();
    }

    private Accounts accounts() {
        return new Accounts(repository.governance());
    }

    /** The user that an answer tells of; nobody for an account that was deleted, or a team. */
    static Optional<UserId> user(Json user, Accounts accounts) {
        return user.integer("id")
                .filter(id -> id > 0)
                .flatMap(id -> user.text("login").map(login -> accounts.user(id, login)));
    }

    @Override
    public Proposal open(ProposalDraft draft) {
        repository.requireProposable(draft.head());
        String login = self().text("login").orElse("");
        String branch = HostedRepository.branchFor(login, draft.text().source());
        Optional<Pull> mine = pulls("&state=open&poster=" + HostClient.encode(login)).stream()
                .filter(pull -> pull.ownBranch().filter(branch::equals).isPresent())
                .findFirst();
        repository.push(branch, draft.head());
        String title = draft.text().title();
        String description = draft.text().description();
        if (mine.isEmpty()) {
            Json made = client.post(
                    repo + "/pulls",
                    Json.object("head", branch, "base", repository.branch(), "title", title, "body", description));
            return proposal(new Pull(made), draft.head());
        }
        Pull old = mine.get();
        if (!old.text().title().equals(title) || !old.text().description().equals(description)) {
            client.patch(pull(old.number()), Json.object("title", title, "body", description));
        }
        return settled(old.number(), draft.head());
    }

    /** The host takes note of a push a moment after it has taken it. */
    private Proposal settled(int number, CommitId head) {
        Backoff backoff = new Backoff();
        while (true) {
            Pull pull = at(number);
            if (pull.head().equals(head) || !backoff.again()) {
                return proposal(pull, head);
            }
        }
    }

    @Override
    public List<Proposal> list(Proposal.State state) {
        String query = "&state=" + (state == Proposal.State.OPEN ? "open" : "closed");
        return pulls(query).stream()
                .filter(pull -> pull.state() == state)
                .map(this::listed)
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList();
    }

    @Override
    public Changes changes(String cursor) {
        String all = repo + "/pulls?limit=" + PAGE; // one whose base was changed is no longer among those of the base
        String list = all + "&base_branch=" + HostClient.encode(repository.branch());
        return new TouchedProposals(
                        client,
                        new TouchedProposals.Lists(
                                list + "&state=open&sort=oldest", all + "&state=all&sort=recentupdate", PAGE),
                        json -> new Pull(json).number())
                .after(cursor);
    }

    private List<Pull> pulls(String query) {
        return client
                .all(repo + "/pulls?limit=50&base_branch=" + HostClient.encode(repository.branch()) + query, MOST)
                .stream()
                .map(Pull::new)
                .filter(pull -> pull.base().equals(repository.branch()))
                .toList();
    }

    private Proposal listed(Pull pull) {
        UserId author = pull.author(accounts());
        return new Proposal(
                pull.number(),
                pull.text(),
                pull.state(),
                pull.head(),
                new Participants(author, Set.of(), Optional.empty()),
                List.of());
    }

    @Override
    public Proposal read(int number) {
        Pull pull = at(number);
        if (!pull.base().equals(repository.branch())) {
            throw new RetargetedException(number, pull.base(), repository.branch(), Optional.of(pull.head()));
        }
        return proposal(pull, pull.head());
    }

    private Pull at(int number) {
        Optional<Pull> pull =
                number < 1 ? Optional.empty() : client.find(pull(number)).map(Pull::new);
        return pull.orElseThrow(() -> RegistryException.notFound(
                "There is no proposal " + number + ".", "See what there is: 'modelgate proposals --state all'."));
    }

    private String pull(int number) {
        return repo + "/pulls/" + number;
    }

    private Proposal proposal(Pull pull, CommitId head) {
        repository.bring(head, "refs/pull/" + pull.number() + "/head");
        Governance governance = repository.governance();
        Accounts accounts = new Accounts(governance);
        Reviews reader = new Reviews(accounts);
        UserId author = pull.author(accounts);
        Pushers.Pushes pushes = new Pushers(client, repo, accounts, repository::isMerged).of(pull, head, author);
        Set<Long> ofAnotherChange = pushes.reviewsBeforeRetarget();
        List<Review> reviews = new LastWords(governance, new GiteaTeams(client, accounts)::members)
                .of(client.all(pull(pull.number()) + "/reviews?limit=50", MOST).stream()
                        .filter(each -> each.integer("id")
                                .filter(ofAnotherChange::contains)
                                .isEmpty())
                        .flatMap(each -> reader.said(each).stream())
                        .toList());
        return new Proposal(pull.number(), pull.text(), pull.state(), head, participants(pull, head, pushes), reviews);
    }

    /** Who opened it, who pushed to it, and whom its commits name: by address, here and on the host. */
    private Participants participants(Pull pull, CommitId head, Pushers.Pushes pushes) {
        Accounts accounts = accounts();
        Set<UserId> people = new TreeSet<>(repository.committers(head));
        for (Json commit :
                client.all(pull(pull.number()) + "/commits?limit=50&stat=false&verification=false&files=false", MOST)) {
            user(commit.at("author"), accounts).ifPresent(people::add);
            user(commit.at("committer"), accounts).ifPresent(people::add);
        }
        UserId author = pull.author(accounts);
        people.addAll(pushes.users());
        people.add(author);
        return new Participants(author, people, pushes.last());
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
                pull(proposal.number()) + "/reviews",
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
        String mine = pull(number) + "/reviews";
        for (Json review : client.all(mine + "?limit=50", MOST)) {
            boolean decides = review.text("state")
                    .filter(word -> word.equals("APPROVED") || word.equals("REQUEST_CHANGES"))
                    .isPresent();
            if (decides && !review.isTrue("dismissed") && isMine(review)) {
                String path = mine + "/" + review.integer("id").orElseThrow();
                Answer dismissed = client.ask("POST", path + "/dismissals", Json.object("message", text));
                if (!dismissed.ok()) {
                    client.require(client.ask("DELETE", path, ""), path);
                }
            }
        }
    }

    private boolean isMine(Json remark) {
        return remark.integer("user.id").equals(self().integer("id"));
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
        String said = status.description();
        client.post(
                repo + "/statuses/" + commit,
                Json.object(
                        "context",
                        Status.CONTEXT,
                        "state",
                        status.state().word(),
                        "description",
                        said.length() > LONGEST_STATUS ? said.substring(0, LONGEST_STATUS) + " …" : said));
    }

    @Override
    public boolean stands(CommitId commit, Status.State state) {
        return StatusWord.stands(client, repo + "/commits/" + commit, self().integer("id"), state);
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        Backoff backoff = new Backoff();
        while (true) {
            Pull pull = at(request.number());
            listed(pull).requireOpen();
            if (!pull.head().equals(request.head())) {
                return new MergeResult.Moved("the head of proposal " + request.number());
            }
            if (!pull.base().equals(repository.branch())) {
                return new MergeResult.Refused("it asks to be merged into " + pull.base());
            }
            if (pull.isDraft()) {
                return new MergeResult.Refused("it is a draft");
            }
            if (!repository.isAt(request.target())) {
                return new MergeResult.Moved("the target branch");
            }
            Answer answer = client.ask("POST", pull(request.number()) + "/merge", merging(request));
            Pull after = at(request.number());
            if (answer.ok() || after.merged().isPresent()) {
                return after.merged()
                        .map(commit -> repository.merged(request, commit))
                        .orElseGet(() -> new MergeResult.Refused("the host took it, and has not merged it yet"));
            }
            boolean mayPass = answer.status() == 409 || answer.words().contains("try again later");
            if (answer.status() != 405 && answer.status() != 409) {
                client.require(answer, pull(request.number()));
            }
            if (!mayPass || !backoff.again()) {
                return new MergeResult.Refused(answer.words());
            }
        }
    }

    private static String merging(MergeRequest request) {
        int end = request.message().indexOf('\n');
        String title = end < 0 ? request.message() : request.message().substring(0, end);
        return Json.object(
                "Do",
                "merge",
                "head_commit_id",
                request.head().toString(),
                "MergeTitleField",
                title,
                "MergeMessageField",
                end < 0 ? "" : request.message().substring(end).strip());
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
        client.patch(pull(number), Json.object("state", "closed"));
    }
}
