package io.modelgate.host.bitbucket;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Changes;
import io.modelgate.host.GitHost;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.MergeResult;
import io.modelgate.host.Proposal;
import io.modelgate.host.ProposalDraft;
import io.modelgate.host.RetargetedException;
import io.modelgate.host.ReviewDraft;
import io.modelgate.host.Safeguard;
import io.modelgate.host.Status;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Participants;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A registry on Bitbucket Data Center, through its REST API as of version 9.2. */
public final class BitbucketServerHost implements GitHost {
    private static final int LONGEST_STATUS = 250;

    private final HostSite site;
    private final Place place;
    private final HostClient client;
    private final HostedRepository repository;
    private final Users users;
    private final String pulls;

    /** @param client asks {@link #api} as this user */
    public BitbucketServerHost(HostSite site, HostClient client, HostedRepository repository) {
        this.site = site;
        this.place = Place.of(site);
        this.client = client;
        this.repository = repository;
        this.users = new Users(client, place);
        this.pulls = place.in("api") + "/pull-requests";
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
        return Users.user(users.self(), new Accounts(repository.governance()))
                .orElseThrow(() -> RegistryException.environment(
                        site.base().getHost() + " does not say who you are.", "Use a token of a user.", null));
    }

    @Override
    public Proposal open(ProposalDraft draft) {
        repository.requireProposable(draft.head());
        String name = users.self().text("name").orElse("");
        String branch = HostedRepository.branchFor(name, draft.text().source());
        Optional<Pull> mine = pulls("&state=OPEN&username.1=" + HostClient.encode(name) + "&role.1=AUTHOR").stream()
                .filter(pull -> pull.ownBranch().filter(branch::equals).isPresent())
                .findFirst();
        repository.push(branch, draft.head());
        if (mine.isPresent()) {
            Pull pull = settled(mine.get().number(), draft.head());
            return proposal(describe(pull, draft), draft.head());
        }
        Json made = client.post(
                pulls,
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

    /** The host takes note of a push a moment after it has taken it. */
    private Pull settled(int number, CommitId head) {
        Backoff backoff = new Backoff();
        while (true) {
            Pull pull = at(number);
            if (pull.head().equals(head) || !backoff.again()) {
                return pull;
            }
        }
    }

    /** Reviewers are told again, since those who are not would be removed. */
    private Pull describe(Pull pull, ProposalDraft draft) {
        if (pull.text().title().equals(draft.text().title())
                && pull.text().description().equals(draft.text().description())) {
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
        String path = path(pull.number());
        return new Pull(client.require(client.ask("PUT", path, body), path).json());
    }

    @Override
    public List<Proposal> list(Proposal.State state) {
        String word = state == Proposal.State.CLOSED ? "DECLINED" : state.name();
        return pulls("&state=" + word).stream()
                .filter(pull -> pull.state() == state)
                .map(this::listed)
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList();
    }

    @Override
    public Changes changes(String cursor) {
        return new Fingerprints(pulls("&state=OPEN")).since(cursor);
    }

    private List<Pull> pulls(String query) {
        String target = HostClient.encode(Pull.HEADS + repository.branch());
        return new Pages(client)
                .all(pulls + "?direction=INCOMING&order=OLDEST&at=" + target + query, 1000).stream()
                        .map(Pull::new)
                        .filter(pull -> pull.base().equals(repository.branch()))
                        .toList();
    }

    private Proposal listed(Pull pull) {
        UserId author = pull.author(new Accounts(repository.governance()));
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
                number < 1 ? Optional.empty() : client.find(path(number)).map(Pull::new);
        return pull.orElseThrow(() -> RegistryException.notFound(
                "There is no proposal " + number + ".", "See what there is: 'modelgate proposals --state all'."));
    }

    private String path(int number) {
        return pulls + "/" + number;
    }

    private Proposal proposal(Pull pull, CommitId head) {
        if (pull.ownBranch().isPresent() && !repository.has(head)) {
            repository.freshTarget();
        }
        repository.bring(head, "refs/pull-requests/" + pull.number() + "/from");
        Governance governance = repository.governance();
        Accounts accounts = new Accounts(governance);
        UserId author = pull.author(accounts);
        Pushers.Pushes pushes = new Pushers(client, accounts).of(path(pull.number()), pull, head, author);
        Set<UserId> people = new TreeSet<>(repository.committers(head));
        for (Json commit : new Pages(client).all(path(pull.number()) + "/commits")) {
            Users.user(commit.at("author"), accounts).ifPresent(people::add);
            Users.user(commit.at("committer"), accounts).ifPresent(people::add);
        }
        people.addAll(pushes.users());
        people.add(author);
        return new Proposal(
                pull.number(),
                pull.text(),
                pull.state(),
                head,
                new Participants(author, people, pushes.last()),
                new Reviews(users, governance).of(pull, head, pushes.activities()));
    }

    @Override
    public void review(int number, ReviewDraft draft) {
        Proposal proposal = read(number);
        proposal.require(draft, me());
        Decision decision = new Decision(client, path(number), users.self());
        switch (draft.state()) {
            case APPROVED -> decision.take(at(number), "APPROVED", proposal.head());
            case CHANGES_REQUESTED -> decision.take(at(number), "NEEDS_WORK", proposal.head());
            case DISMISSED -> decision.withdraw();
            case COMMENTED -> {
                // The text alone.
            }
        }
        if (!draft.text().isBlank()) {
            client.post(path(number) + "/comments", Json.object("text", draft.text()));
        }
    }

    @Override
    public void comment(int number, String marker, String markdown) {
        new Comments(client, path(number), users.self()).set(number, marker, markdown);
    }

    @Override
    public boolean amend(int number, String marker, String markdown) {
        return new Comments(client, path(number), users.self()).amend(number, marker, markdown);
    }

    @Override
    public void status(CommitId commit, Status status) {
        String said = status.description();
        String path = place.in("api") + "/commits/" + commit + "/builds";
        String state = switch (status.state()) {
            case SUCCESS -> "SUCCESSFUL";
            case FAILURE -> "FAILED";
            case PENDING -> "INPROGRESS";
        };
        client.post(
                path,
                Json.object(
                        "key",
                        Status.CONTEXT,
                        "parent",
                        Status.CONTEXT,
                        "name",
                        Status.CONTEXT,
                        "state",
                        state,
                        "url",
                        place.page() + "/commits/" + commit,
                        "description",
                        said.length() > LONGEST_STATUS ? said.substring(0, LONGEST_STATUS) + " …" : said));
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        Backoff backoff = new Backoff();
        while (true) {
            Pull pull = at(request.number());
            listed(pull).requireOpen();
            Optional<MergeResult> obstacle = obstacle(pull, request);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            String path = path(request.number());
            Answer answer = client.ask("POST", path + "/merge?version=" + pull.version(), Merging.body(request, pull));
            Pull after = at(request.number());
            if (answer.ok() || after.state() == Proposal.State.MERGED) {
                return after.merged()
                        .or(() -> Activities.of(client, path).merged())
                        .map(commit -> repository.merged(request, commit))
                        .orElseGet(() -> new MergeResult.Refused("the host took it, and has not merged it yet"));
            }
            if (answer.status() != 409) {
                client.require(answer, path);
            }
            if (!Merging.isOutOfDate(answer) || !backoff.again()) {
                return new MergeResult.Refused(Merging.refusal(answer));
            }
        }
    }

    /** Why it cannot be merged as it was judged. */
    private Optional<MergeResult> obstacle(Pull pull, MergeRequest request) {
        if (!pull.head().equals(request.head())) {
            return Optional.of(new MergeResult.Moved("the head of proposal " + request.number()));
        }
        if (!pull.base().equals(repository.branch())) {
            return Optional.of(new MergeResult.Refused("it asks to be merged into " + pull.base()));
        }
        if (pull.isDraft()) {
            return Optional.of(new MergeResult.Refused("it is a draft"));
        }
        return repository.isAt(request.target())
                ? Optional.empty()
                : Optional.of(new MergeResult.Moved("the target branch"));
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
        Pull pull = at(number);
        client.post(path(number) + "/decline?version=" + pull.version(), Json.object("version", pull.version()));
    }
}
