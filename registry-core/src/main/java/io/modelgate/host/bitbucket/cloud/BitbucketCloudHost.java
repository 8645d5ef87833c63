package io.modelgate.host.bitbucket.cloud;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Changes;
import io.modelgate.host.GitHost;
import io.modelgate.host.HostedRepository;
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
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A registry on Bitbucket Cloud, through its REST API 2.0. */
public final class BitbucketCloudHost implements GitHost {
    /** Where the API starts. */
    public static final URI API = URI.create("https://api.bitbucket.org/2.0");

    private static final String NAME = "bitbucket.org";
    private static final int LONGEST_COMMENT = 32_000;
    private static final int LONGEST_STATUS = 250;
    private static final int TRIES = 12;

    private final HostSite site;
    private final HostClient client;
    private final HostedRepository repository;
    private final Users users;
    private final Heads heads;
    private final String repo;
    private final String path;
    private final PullRequests<Pull> pulls;
    private final Comments comments;
    private final OneComment comment;

    /** Heads of proposals from forks, as far as they were looked at. */
    private final Set<CommitId> ofForks = new HashSet<>();

    /** @param client asks {@link #API} as this user */
    public BitbucketCloudHost(HostSite site, HostClient client, HostedRepository repository) {
        this.site = site;
        this.client = client;
        this.repository = repository;
        this.users = new Users(client, site.ownerAndName());
        this.heads = new Heads(client, repository);
        this.repo = repo(site);
        this.path = repo + "/pullrequests";
        this.pulls = new PullRequests<>(client, repository, path, Pull::new);
        this.comments = new Comments(client, pulls, users);
        this.comment = new OneComment(comments, LONGEST_COMMENT);
    }

    private static String repo(HostSite site) {
        return HostClient.path(
                "repositories", site.ownerAndName().get(0), site.ownerAndName().get(1));
    }

    /** Whether a site is Bitbucket Cloud: any other is a Data Center. */
    public static boolean isAt(HostSite site) {
        return NAME.equalsIgnoreCase(site.base().getHost());
    }

    /** The number by which registry.yaml knows an account: see {@code account} of {@code people}. */
    public static long account(String uuid) {
        return Users.number(uuid);
    }

    /** Makes the repository, private, in its workspace; does nothing when it is there. */
    public static void create(HostSite site, HostClient client) {
        if (client.find(repo(site)).isEmpty()) {
            client.post(repo(site), Json.object("scm", "git", "is_private", true));
        }
    }

    @Override
    public String kind() {
        return site.kind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<URI> page(int number) {
        return Optional.of(URI.create(site.base() + "/" + site.project() + "/pull-requests/" + number));
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
        UserId me = me();
        String branch = HostedRepository.branchFor(me.value(), draft.text().source());
        List<Pull> own = pulls("OPEN").stream()
                .filter(pull -> pull.author(repository.accounts()).equals(me))
                .toList();
        Optional<Pull> mine = pulls.ofBranch(own, branch);
        repository.push(branch, draft.head());
        String title = draft.text().title();
        String description = draft.text().description();
        if (mine.isEmpty()) {
            Json made = client.post(
                    path,
                    Json.object(
                            "title",
                            title,
                            "description",
                            description,
                            "source",
                            branch(branch),
                            "destination",
                            branch(repository.branch())));
            return settled(new Pull(made).number());
        }
        Pull old = mine.get();
        ProposalText now = old.text(repository.accounts());
        if (!now.title().equals(title) || !now.description().equals(description)) {
            String one = pulls.path(old.number());
            client.require(client.ask("PUT", one, Json.object("title", title, "description", description)), one);
        }
        return settled(old.number());
    }

    private static Json branch(String name) {
        return Json.nested("branch", Json.nested("name", name));
    }

    @Override
    public List<Proposal> list(Proposal.State state) {
        List<Pull> found = switch (state) {
            case OPEN -> pulls("OPEN");
            case MERGED -> pulls("MERGED");
            case CLOSED -> pulls("DECLINED");
        };
        repository.freshTarget();
        return pulls.proposals(found, state, heads::any);
    }

    private List<Pull> pulls(String state) {
        return pulls.ofRegistry(new Pages(client).all(path + "?pagelen=50&state=" + state));
    }

    @Override
    public Changes changes(String cursor) {
        return new News(client, path)
                .since(cursor, () -> pulls("OPEN").stream().map(Pull::number).toList());
    }

    @Override
    public Proposal read(int number) {
        return settled(number);
    }

    /** The proposal, as soon as branch, pull request and timeline tell of the same head. */
    private Proposal settled(int number) {
        Backoff backoff = new Backoff();
        for (int tries = 0; tries < TRIES && (tries == 0 || backoff.again()); tries++) {
            Pull pull = pulls.ofRegistry(number);
            repository.freshTarget();
            boolean isOpen = pull.state() == Proposal.State.OPEN;
            Optional<CommitId> head = isOpen ? heads.open(pull) : heads.any(pull);
            if (pull.ownBranch().isEmpty()
                    && !isOpen
                    && head.filter(repository::has).isEmpty()) {
                throw RegistryException.conflict(
                        "Proposal " + number + " is from a fork, and Bitbucket Cloud keeps no ref for it here.",
                        "Look at it on its page: " + page(number).orElseThrow() + ".");
            }
            Timeline timeline = head.isEmpty() ? new Timeline(List.of()) : Timeline.of(client, pulls.path(number));
            if (head.isPresent() && (!isOpen || timeline.tellsOf(pull.digits()))) {
                return proposal(pull, head.get(), timeline);
            }
        }
        throw RegistryException.conflict(
                "The host does not say yet what the head of proposal " + number + " is, and who pushed it.",
                "Try again in a moment; if it stays so, push to its branch once more.");
    }

    private Proposal proposal(Pull pull, CommitId head, Timeline timeline) {
        repository.bring(head, "refs/heads/" + pull.ownBranch().orElse(""));
        if (pull.ownBranch().isEmpty()) {
            ofForks.add(head);
        }
        Accounts accounts = repository.accounts();
        UserId author = pull.author(accounts);
        Stream<UserId> named = new Pages(client)
                .visible(pulls.path(pull.number()) + "/commits?pagelen=100").stream()
                        .flatMap(List::stream)
                        .flatMap(commit -> Stream.of(commit.at("author.user"), commit.at("committer.user")))
                        .flatMap(user -> Users.user(user, accounts).stream());
        return new Proposal(
                pull.number(),
                pull.text(accounts),
                pull.state(),
                head,
                repository.participants(head, author, () -> timeline.pushes(accounts), named),
                new Reviews(users, repository).of(pull, head, timeline));
    }

    @Override
    public void review(int number, ReviewDraft draft) {
        Proposal proposal = read(number);
        proposal.require(draft, me());
        switch (draft.state()) {
            case APPROVED -> say(proposal, "/approve");
            case CHANGES_REQUESTED -> say(proposal, "/request-changes");
            case DISMISSED -> withdraw(number);
            case COMMENTED -> {
                // The text alone.
            }
        }
        if (!draft.text().isBlank()) {
            comments.add(number, draft.text());
        }
    }

    /** Says it anew, so that it stands after all that was pushed; what moved meanwhile is not what was looked at. */
    private void say(Proposal proposal, String word) {
        withdraw(proposal.number());
        client.post(pulls.path(proposal.number()) + word, "");
        if (!proposal.head().hex().startsWith(pulls.at(proposal.number()).digits())) {
            withdraw(proposal.number());
            throw RegistryException.conflict(
                    "Proposal " + proposal.number() + " moved while you reviewed it.",
                    "Look again: 'modelgate verify " + proposal.number() + "'.");
        }
    }

    /** Takes back what was said; nothing is there to be taken back where nothing was. */
    private void withdraw(int number) {
        for (String word : List.of("/approve", "/request-changes")) {
            Answer answer = client.ask("DELETE", pulls.path(number) + word, "");
            if (answer.status() != 400 && answer.status() != 404) {
                client.require(answer, pulls.path(number) + word);
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
        String path = repo + "/commit/" + commit + "/statuses/build";
        Answer answer = client.ask(
                "POST",
                path,
                Json.object(
                        "key",
                        Status.CONTEXT,
                        "name",
                        Status.CONTEXT,
                        "state",
                        status.state().build(),
                        "url",
                        site.base() + "/" + site.project() + "/commits/" + commit,
                        "description",
                        status.description(LONGEST_STATUS)));
        // A commit that only a fork has is none here; the comment says the verdict all the same.
        if (answer.status() != 404 || !ofForks.contains(commit)) {
            client.require(answer, path);
        }
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        return new Merging(client, repository, heads, pulls).merge(request);
    }

    @Override
    public List<Safeguard> safeguards() {
        return new Protection(client, repo, repository.branch(), users).safeguards();
    }

    @Override
    public void protect(Optional<String> gate) {
        new Protection(client, repo, repository.branch(), users).set(gate);
    }

    @Override
    public void close(int number) {
        read(number).requireOpen();
        client.post(pulls.path(number) + "/decline", "");
    }
}
