package io.modelgate.host.gitlab;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Changes;
import io.modelgate.host.GitHost;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.LastWords;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.MergeResult;
import io.modelgate.host.OneComment;
import io.modelgate.host.OwnAccount;
import io.modelgate.host.Proposal;
import io.modelgate.host.ProposalDraft;
import io.modelgate.host.PullRequests;
import io.modelgate.host.Pushes;
import io.modelgate.host.ReviewDraft;
import io.modelgate.host.Safeguard;
import io.modelgate.host.Status;
import io.modelgate.host.TouchedProposals;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Participants;
import io.modelgate.policy.Review;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A registry on GitLab, gitlab.com or a company's own, through its REST API version 4. */
public final class GitlabHost implements GitHost {
    private static final int MOST = 10_000;
    private static final int PAGE = 100;
    private static final int LONGEST_COMMENT = 500_000;

    private final HostClient client;
    private final HostSite site;
    private final HostedRepository repository;
    private final String project;
    private final Members members;
    private final Map<CommitId, String> refs = new HashMap<>();
    private final PullRequests<Request> requests;
    private final OwnAccount self;
    private final OneComment comment;

    /** @param client asks {@code <base>/api/v4} as this user */
    public GitlabHost(HostSite site, HostClient client, HostedRepository repository) {
        this.site = site;
        this.client = client;
        this.repository = repository;
        this.project = HostClient.path("projects", site.project());
        this.requests = new PullRequests<>(client, repository, project + "/merge_requests", Request::new);
        this.self = new OwnAccount(() -> client.get("/user"));
        this.comment = new OneComment(new Notes(client, requests, self), LONGEST_COMMENT);
        this.members = new Members(client, project);
    }

    /** Makes the project, private, in a group or for this user; does nothing when it is there. */
    public static void create(HostSite site, HostClient client) {
        if (client.find(HostClient.path("projects", site.project())).isPresent()) {
            return;
        }
        List<String> segments = site.segments();
        String name = segments.get(segments.size() - 1);
        String parent = String.join("/", segments.subList(0, segments.size() - 1));
        long namespace = client.get(HostClient.path("namespaces", parent))
                .integer("id")
                .orElseThrow(() -> RegistryException.notFound(
                        "There is no group " + parent + " on " + site.base().getHost() + ".", "Make the group first."));
        client.post(
                "/projects",
                Json.object("name", name, "path", name, "namespace_id", namespace, "visibility", "private"));
    }

    @Override
    public String kind() {
        return "gitlab";
    }

    @Override
    public Optional<URI> page(int number) {
        return Optional.of(URI.create(site.base() + "/" + site.project() + "/-/merge_requests/" + number));
    }

    @Override
    public UserId me() {
        return self.user(site.base().getHost(), json -> Users.user(json, repository.accounts()));
    }

    @Override
    public Optional<UserId> user(String login) {
        return client.get("/users?username=" + HostClient.encode(login))
                .elements()
                .findFirst()
                .flatMap(json -> Users.user(json, repository.accounts()));
    }

    @Override
    public Proposal open(ProposalDraft draft) {
        repository.requireProposable(draft.head());
        String branch = HostedRepository.branchFor(
                self.json().text("username").orElse(""), draft.text().source());
        String mine = "&state=opened&source_branch=" + HostClient.encode(branch) + "&author_id="
                + self.number().orElse(0L);
        Optional<Request> old = requests(mine).stream()
                .filter(request -> request.ownBranch().isPresent())
                .findFirst();
        repository.push(branch, draft.head());
        String title = draft.text().title();
        String description = Words.harmless(draft.text().description());
        if (old.isEmpty()) {
            Json made = client.post(
                    project + "/merge_requests",
                    Json.object(
                            "source_branch", branch,
                            "target_branch", repository.branch(),
                            "title", title,
                            "description", description));
            return settled(new Request(made).number(), draft.head());
        }
        Request request = old.get();
        // the title makes a draft one
        String kept =
                request.json().text("title").filter(said -> request.isDraft()).orElse(title);
        boolean says = request.json().text("title").filter(kept::equals).isPresent()
                && request.json()
                        .text("description")
                        .filter(description::equals)
                        .isPresent();
        if (!says) {
            put(requests.path(request.number()), Json.object("title", kept, "description", description));
        }
        return settled(request.number(), draft.head());
    }

    private Proposal settled(int number, CommitId head) {
        return proposal(requests.settled(number, head), head);
    }

    @Override
    public List<Proposal> list(Proposal.State state) {
        String word = state == Proposal.State.OPEN ? "opened" : state.word();
        return requests.proposals(requests("&state=" + word), state, Request::knownHead);
    }

    @Override
    public Set<String> refsOfEnded(Instant before) {
        return Stream.of("closed", "merged")
                .map(state -> requests.refsOfEnded(
                        requests("&state=" + state),
                        before,
                        "refs/merge-requests/%d/head",
                        "refs/merge-requests/%d/merge"))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    @Override
    public Changes changes(String cursor) {
        return new TouchedProposals(
                        client,
                        new TouchedProposals.Lists(
                                ofBranch() + "&state=opened&sort=asc",
                                all() + "&state=all&order_by=updated_at&sort=desc",
                                Optional.of("updated_after"),
                                PAGE),
                        json -> new Request(json).number())
                .after(cursor);
    }

    private String ofBranch() {
        return all() + "&target_branch=" + HostClient.encode(repository.branch());
    }

    private String all() {
        return project + "/merge_requests?scope=all&per_page=" + PAGE;
    }

    private List<Request> requests(String query) {
        return requests.ofRegistry(client.all(ofBranch() + query, MOST));
    }

    @Override
    public Proposal read(int number) {
        Request request = requests.ofRegistry(number);
        return proposal(request, request.head());
    }

    /** The versions are asked for last: an approval that was there before cannot be of a version that came after. */
    private Proposal proposal(Request request, CommitId head) {
        repository.bring(head, request.headRef());
        refs.put(head, request.statusRef());
        String path = requests.path(request.number());
        Json approvals = client.get(path + "/approvals");
        List<Note> notes = Note.all(client.all(path + "/notes?per_page=100&sort=asc&order_by=created_at", MOST));
        Arrival arrival = Arrival.of(head, client.all(path + "/versions?per_page=100", MOST), notes);
        Accounts accounts = repository.accounts();
        Pushes pushes = new Pushers(client, accounts).of(request, head, arrival, notes);
        return new Proposal(
                request.number(),
                request.text(accounts),
                request.state(),
                head,
                participants(request, head, pushes),
                reviews(new Reviews(accounts, head, arrival, notes).words(approvals)));
    }

    private List<Review> reviews(List<Reviews.Word> words) {
        Governance governance = repository.governance();
        Accounts accounts = new Accounts(governance);
        Map<Team, Set<UserId>> groups = new TreeMap<>();
        Set<UserId> known = new TreeSet<>(governance.holdersOfAnyRole());
        if (!words.isEmpty()) {
            governance.teamsOfAnyRole().forEach(group -> groups.put(group, members.of(group, accounts)));
            groups.values().forEach(known::addAll);
        }
        Set<Long> strangers = words.stream()
                .filter(word -> word.review().state() != Review.State.DISMISSED)
                .filter(word -> !known.contains(word.review().by()))
                .map(Reviews.Word::account)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Long> writers = members.writers(strangers);
        return new LastWords(governance, group -> groups.getOrDefault(group, Set.of()))
                .of(words.stream()
                        .map(word -> new LastWords.Said(word.order(), word.review(), writers.contains(word.account())))
                        .toList());
    }

    /** Who opened it, who pushed to it, and whom its commits name by an address that the registry or the host's own form tells. */
    private Participants participants(Request request, CommitId head, Pushes pushes) {
        Accounts accounts = repository.accounts();
        Stream<UserId> named = repository.addresses(head).stream()
                .flatMap(address -> Users.ofHiddenAddress(address, accounts).stream());
        return repository.participants(head, request.author(accounts), () -> pushes, named);
    }

    @Override
    public void review(int number, ReviewDraft draft) {
        Proposal proposal = read(number);
        proposal.require(draft, me());
        String text = Words.harmless(draft.text());
        switch (draft.state()) {
            case APPROVED -> {
                approve(proposal);
                say(number, text);
            }
            case CHANGES_REQUESTED -> say(number, (text + "\n\n/submit_review requested_changes").strip());
            case COMMENTED -> say(number, text);
            case DISMISSED -> {
                withdraw(number);
                say(number, text);
            }
        }
    }

    /** An approval of an earlier head stands in the way of one of the present head: it is taken back first. */
    private void approve(Proposal proposal) {
        String path = requests.path(proposal.number());
        boolean stands = client.get(path + "/approvals")
                .elements("approved_by")
                .anyMatch(approval -> self.is(approval, "user.id"));
        if (stands) {
            withdraw(proposal.number());
        }
        Answer answer = client.ask(
                "POST", path + "/approve", Json.object("sha", proposal.head().toString()));
        if (answer.status() == 401) {
            throw RegistryException.environment(
                    site.base().getHost() + " does not let you approve proposal " + proposal.number() + " (401: "
                            + answer.words() + ").",
                    "Ask a maintainer of the project who may approve.",
                    null);
        }
        client.require(answer, path);
    }

    private void withdraw(int number) {
        Answer answer = client.ask("POST", requests.path(number) + "/unapprove", "");
        if (answer.status() != 404) {
            client.require(answer, requests.path(number));
        }
    }

    private void say(int number, String text) {
        if (!text.isBlank()) {
            client.post(requests.path(number) + "/notes", Json.object("body", text));
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

    private void put(String path, String body) {
        client.require(client.ask("PUT", path, body), path);
    }

    @Override
    public void status(CommitId commit, Status status) {
        new Statuses(client, project).set(commit, status, Optional.ofNullable(refs.get(commit)));
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        Request open = requests.at(request.number());
        requests.proposal(open, open.head()).requireOpen();
        return new Merging(client, repository, requests).merge(request);
    }

    @Override
    public Optional<Boolean> guards(String branch) {
        return new Protection(client, project, branch).isThere();
    }

    @Override
    public List<Safeguard> safeguards() {
        return new Protection(client, project, repository.branch()).safeguards();
    }

    @Override
    public void protect(Optional<String> gate) {
        new Protection(client, project, repository.branch()).set(gate);
    }

    @Override
    public void close(int number) {
        read(number).requireOpen();
        put(requests.path(number), Json.object("state_event", "close"));
    }
}
