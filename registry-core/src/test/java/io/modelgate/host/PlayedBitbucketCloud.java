package io.modelgate.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelgate.git.CommitId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Plays Bitbucket Cloud as the reference of its API 2.0 describes it; of what is unclear there, the worse is played. */
final class PlayedBitbucketCloud extends PlayedHost {
    private static final String REPO = "/repositories/acme/models";
    private static final String PULLS = REPO + "/pullrequests";
    private static final String PULL = PULLS + "/[0-9]+";
    private static final int DIGITS = 12;

    /** Pages are no longer than this, whatever is asked for. */
    int longestPage = 100;

    /** Done once when a merge was asked for, before the host looks. */
    Optional<Runnable> beforeMerge = Optional.empty();

    /** Done once when an approval was asked for, before the host looks. */
    Optional<Runnable> beforeApproval = Optional.empty();

    /** Nicknames that users gave themselves. */
    final Map<String, String> nicknames = new TreeMap<>();

    final Set<String> administrators = new TreeSet<>(Set.of("alice"));
    final Set<String> machines = new TreeSet<>();
    final Set<String> closed = new TreeSet<>();
    final Set<String> readers = new TreeSet<>();
    final Map<String, Map<String, Object>> statuses = new TreeMap<>();
    final Map<Long, Map<String, Object>> restrictions = new TreeMap<>();
    List<String> strategies = List.of("merge_commit", "squash");

    /** The repository that the branches of proposals are in. */
    String from = "acme/models";

    private final Map<Integer, Map<String, String>> states = new HashMap<>();

    /** What happened, the newest first. */
    private final List<Map<String, Object>> log = new ArrayList<>();

    PlayedBitbucketCloud(Path folder) {
        super(folder);
    }

    static String uuid(String login) {
        return "{" + UUID.nameUUIDFromBytes(login.getBytes(UTF_8)) + "}";
    }

    @Override
    String apiPath() {
        return "/2.0";
    }

    @Override
    void pushed(Push push) {
        push.after()
                .ifPresent(after -> proposals.values().stream()
                        .filter(proposal -> proposal.open && push.ref().equals("refs/heads/" + proposal.branch))
                        .forEach(proposal -> {
                            proposal.head = after;
                            update(proposal, push.user());
                        }));
    }

    /** Moves a branch at once to a commit that is here already. */
    void move(String user, String branch, CommitId to) {
        git("update-ref", "refs/heads/" + branch, to.hex());
        pushed(new Push(user, "refs/heads/" + branch, Optional.empty(), Optional.of(to)));
    }

    private Map<String, Object> user(String login) {
        account(login);
        return Map.of(
                "type",
                machines.contains(login) ? "app_user" : "user",
                "uuid",
                uuid(login),
                "account_id",
                "557058:" + login,
                "account_status",
                closed.contains(login) ? "closed" : "active",
                "nickname",
                nicknames.getOrDefault(login, login),
                "display_name",
                login + " of Acme");
    }

    /** As if an update was made that nothing can be seen of, such as a push of a commit whose hash begins alike. */
    void update(PlayedProposal proposal, String user) {
        Map<String, Object> update = new LinkedHashMap<>(sides(proposal));
        update.put("title", proposal.title);
        update.put("description", proposal.description);
        update.put("state", state(proposal));
        update.put("author", user(user));
        update.put("date", "2019-05-10T06:48:25." + PlayedProposal.nextId() % 1_000_000 + "+00:00");
        note(proposal, "update", update);
    }

    private void note(PlayedProposal proposal, String what, Map<String, Object> told) {
        log.add(0, Map.of(what, told, "pull_request", Map.of("type", "pullrequest", "id", proposal.number)));
    }

    private Map<String, Object> sides(PlayedProposal proposal) {
        return Map.of(
                "source", side(proposal.branch, proposal.head, from),
                "destination", side(proposal.base, target(), "acme/models"));
    }

    private static Map<String, Object> side(String branch, CommitId commit, String repository) {
        return Map.of(
                "branch",
                Map.of("name", branch),
                "commit",
                Map.of("type", "commit", "hash", commit.hex().substring(0, DIGITS)),
                "repository",
                Map.of("full_name", repository, "uuid", uuid(repository)));
    }

    private static String state(PlayedProposal proposal) {
        return proposal.merged.isPresent() ? "MERGED" : proposal.open ? "OPEN" : "DECLINED";
    }

    private Map<String, Object> json(PlayedProposal proposal) {
        Map<String, Object> json = new LinkedHashMap<>(sides(proposal));
        json.put("type", "pullrequest");
        json.put("id", proposal.number);
        json.put("title", proposal.title);
        json.put("description", proposal.description);
        json.put("state", state(proposal));
        json.put("draft", proposal.draft);
        json.put("author", user(proposal.author));
        json.put(
                "participants",
                said(proposal).entrySet().stream()
                        .map(each -> Map.of(
                                "type",
                                "participant",
                                "role",
                                "REVIEWER",
                                "user",
                                user(each.getKey()),
                                "approved",
                                each.getValue().equals("approved"),
                                "state",
                                each.getValue()))
                        .toList());
        proposal.merged.ifPresent(commit ->
                json.put("merge_commit", Map.of("hash", commit.hex().substring(0, DIGITS))));
        return json;
    }

    private Map<String, String> said(PlayedProposal proposal) {
        return states.computeIfAbsent(proposal.number, n -> new LinkedHashMap<>());
    }

    static Reply trouble(int status, String message) {
        return Reply.of(status, Map.of("type", "error", "error", Map.of("message", message)));
    }

    private Reply paged(Ask ask, Collection<?> all) {
        List<Object> values = new ArrayList<>(all);
        int size = Math.min(longestPage, ask.parameter("pagelen", 10));
        int page = ask.parameter("page", 1);
        int start = Math.min(values.size(), (page - 1) * size);
        int end = Math.min(values.size(), start + size);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("values", values.subList(start, end));
        json.put("pagelen", size);
        if (end < values.size()) {
            StringBuilder query = new StringBuilder("?page=" + (page + 1));
            ask.query().forEach((name, value) -> {
                if (!name.equals("page")) {
                    query.append('&').append(name).append('=').append(value);
                }
            });
            json.put("next", "https://api.bitbucket.org/2.0" + ask.path() + query);
        }
        return Reply.of(200, json);
    }

    @Override
    Reply api(Ask ask) {
        if (ask.is("GET", "/user")) {
            return Reply.of(200, user(ask.user()));
        }
        if (ask.is("GET", PULLS)) {
            return paged(
                    ask,
                    proposals.values().stream()
                            .filter(each -> state(each).equals(ask.query().getOrDefault("state", "OPEN")))
                            .map(this::json)
                            .toList());
        }
        if (ask.is("POST", PULLS)) {
            return open(ask);
        }
        if (ask.is("GET", PULLS + "/activity")) {
            return paged(ask, log);
        }
        if (ask.path().matches(PULL + "(/.*)?")) {
            PlayedProposal proposal = proposals.get(ask.number(4));
            return proposal == null ? trouble(404, "There is no pull request " + ask.segment(4)) : pull(ask, proposal);
        }
        if (ask.is("GET", REPO + "/commit/.+")) {
            return commit(ask.segment(4));
        }
        if (ask.is("POST", REPO + "/commit/.*") && !from.equals("acme/models")) {
            return trouble(404, "There is no commit " + ask.segment(4));
        }
        if (ask.is("POST", REPO + "/commit/[0-9a-f]{40}/statuses/build")) {
            statuses.put(
                    ask.segment(4) + " " + ask.text("key"),
                    Map.of("state", ask.text("state"), "url", ask.text("url"), "description", ask.text("description")));
            return Reply.of(201, Map.of());
        }
        return settings(ask);
    }

    /** The reference does not say that a name is none; one that looks like a hash is taken for a name first here. */
    private Reply commit(String name) {
        return repository()
                .ref("refs/heads/" + name)
                .or(() -> repository().beginningWith(name).stream().findFirst())
                .map(commit -> Reply.of(200, Map.of("type", "commit", "hash", commit.hex())))
                .orElseGet(() -> trouble(404, "There is no commit " + name));
    }

    private Reply open(Ask ask) {
        String branch = ask.body().path("source").path("branch").path("name").asString("");
        Optional<CommitId> head = repository().ref("refs/heads/" + branch);
        if (head.isEmpty()) {
            return trouble(400, "There is no branch " + branch);
        }
        PlayedProposal proposal = new PlayedProposal(
                proposals.size() + 1, ask.user(), branch, head.get(), ask.text("title"), ask.text("description"));
        proposals.put(proposal.number, proposal);
        update(proposal, ask.user());
        return Reply.of(201, json(proposal));
    }

    private Reply pull(Ask ask, PlayedProposal proposal) {
        if (ask.is("GET", PULL)) {
            return Reply.of(200, json(proposal));
        }
        if (ask.is("GET", PULL + "/activity")) {
            return paged(
                    ask,
                    log.stream()
                            .filter(each -> ((Map<?, ?>) each.get("pull_request"))
                                    .get("id")
                                    .equals(proposal.number))
                            .toList());
        }
        if (ask.is("GET", PULL + "/commits")) {
            return paged(ask, List.of());
        }
        if (ask.path().matches(PULL + "/(approve|request-changes)")) {
            return say(ask, proposal);
        }
        if (ask.path().matches(PULL + "/comments(/[0-9]+)?")) {
            return comment(ask, proposal);
        }
        if (ask.is("POST", PULL + "/merge")) {
            beforeMerge.ifPresent(Runnable::run);
            beforeMerge = Optional.empty();
        }
        if (!proposal.open) {
            return trouble(400, "This pull request is already closed.");
        }
        if (ask.is("PUT", PULL)) {
            proposal.title = ask.body().path("title").asString(proposal.title);
            proposal.description = ask.body().path("description").asString(proposal.description);
            proposal.draft = ask.body().path("draft").asBoolean(proposal.draft);
            proposal.base =
                    ask.body().path("destination").path("branch").path("name").asString(proposal.base);
            update(proposal, ask.user());
        } else if (ask.is("POST", PULL + "/decline")) {
            proposal.open = false;
            update(proposal, ask.user());
        } else if (ask.is("POST", PULL + "/merge")) {
            return merge(ask, proposal);
        }
        return Reply.of(200, json(proposal));
    }

    private Reply merge(Ask ask, PlayedProposal proposal) {
        if (proposal.draft || !ask.text("merge_strategy").equals("merge_commit")) {
            return trouble(400, "It cannot be merged like that.");
        }
        Optional<CommitId> commit = mergeCommit(proposal, ask.text("message"));
        if (commit.isEmpty()) {
            return trouble(400, "You can't merge until you resolve all merge conflicts.");
        }
        proposal.open = false;
        update(proposal, ask.user());
        return Reply.of(200, json(proposal));
    }

    private Reply say(Ask ask, PlayedProposal proposal) {
        if (ask.is("POST", ".*")) {
            beforeApproval.ifPresent(Runnable::run);
            beforeApproval = Optional.empty();
        }
        boolean approval = ask.path().endsWith("/approve");
        String state = approval ? "approved" : "changes_requested";
        Map<String, String> said = said(proposal);
        if (!proposal.open) {
            return trouble(400, "It was merged already.");
        }
        if (ask.is("POST", ".*")) {
            if (!state.equals(said.put(ask.user(), state)) && approval) {
                note(proposal, "approval", Map.of("date", "2019-09-27T00:37:19+00:00", "user", user(ask.user())));
            }
            return Reply.of(200, Map.of("type", "participant", "state", state));
        }
        if (!said.remove(ask.user(), state)) {
            return trouble(404, "There is nothing to be taken back.");
        }
        log.removeIf(each -> each.get("approval") instanceof Map<?, ?> told
                && told.get("user").equals(user(ask.user()))
                && ((Map<?, ?>) each.get("pull_request")).get("id").equals(proposal.number));
        return Reply.of(204, null);
    }

    private Reply comment(Ask ask, PlayedProposal proposal) {
        String raw = ask.body().path("content").path("raw").asString("");
        if (ask.is("GET", PULL + "/comments")) {
            List<Map<String, Object>> all = new ArrayList<>();
            proposal.comments.forEach((id, said) -> all.add(
                    Map.of("id", id, "user", user(said[0]), "deleted", false, "content", Map.of("raw", said[1]))));
            return paged(ask, all);
        }
        if (ask.is("POST", PULL + "/comments")) {
            proposal.comments.put(PlayedProposal.nextId(), new String[] {ask.user(), raw});
            return Reply.of(201, Map.of());
        }
        String[] said = proposal.comments.get(Long.parseLong(ask.segment(6)));
        if (said == null || !said[0].equals(ask.user())) {
            return trouble(said == null ? 404 : 403, "It is not yours.");
        }
        if (ask.is("DELETE", ".*")) {
            proposal.comments.remove(Long.parseLong(ask.segment(6)));
            return Reply.of(204, null);
        }
        said[1] = raw;
        return Reply.of(200, Map.of());
    }

    private Reply settings(Ask ask) {
        if (ask.is("GET", REPO + "/refs/branches/main")) {
            return Reply.of(200, Map.of("name", "main", "merge_strategies", strategies));
        }
        List<String> users = new ArrayList<>();
        for (long id = 100; login(id).isPresent(); id++) {
            users.add(login(id).orElseThrow());
        }
        if (ask.is("GET", "/workspaces/acme/members")) {
            return paged(
                    ask, users.stream().map(name -> Map.of("user", user(name))).toList());
        }
        if (!administrators.contains(ask.user())) {
            return trouble(403, "You are no administrator of this repository.");
        }
        if (ask.is("GET", "/workspaces/acme/permissions/repositories/models")) {
            return paged(
                    ask,
                    users.stream()
                            .map(name ->
                                    Map.of("user", user(name), "permission", readers.contains(name) ? "read" : "write"))
                            .toList());
        }
        if (ask.is("GET", REPO + "/branch-restrictions")) {
            return paged(ask, restrictions.values());
        }
        if (ask.path().matches(REPO + "/branch-restrictions(/[0-9]+)?")) {
            long id = ask.is("PUT", ".*") ? Long.parseLong(ask.segment(4)) : PlayedProposal.nextId();
            Map<String, Object> rule = new LinkedHashMap<>(Map.of("id", id));
            ask.body().properties().forEach(each -> rule.put(each.getKey(), each.getValue()));
            restrictions.put(id, rule);
            return Reply.of(201, rule);
        }
        return trouble(404, "There is nothing at " + ask.path());
    }
}
