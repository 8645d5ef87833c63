package io.modelgate.host;

import io.modelgate.git.CommitId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plays an enterprise's GitHub as docs.github.com describes its REST API of version 2022-11-28: the pages "Pull requests", "Pull
 * request reviews", "Issue comments", "Commit statuses", "List repository activities", "Branch protection", "Rules", "Teams",
 * "Repositories" and "Apps". It is long since it plays one thing, whose pages share its state.
 */
class PlayedGithub extends PlayedHost {
    private static final String REPO = "/repos/" + OWNER + "/" + NAME;

    /** Login of the members of teams, by slug. */
    final Map<String, Set<String>> teams = new TreeMap<>();

    /** Those who belong to the organisation without a right to this repository of their own. */
    final Set<String> members = new TreeSet<>();

    /** Those who have nothing to do with it. */
    final Set<String> strangers = new TreeSet<>();

    final List<tools.jackson.databind.JsonNode> checks = new ArrayList<>();
    final Map<String, Map<String, Object>> statuses = new LinkedHashMap<>();
    final Map<String, Object> settings =
            new TreeMap<>(Map.of("allow_merge_commit", true, "allow_squash_merge", true, "allow_rebase_merge", true));
    Optional<Map<String, Object>> protection = Optional.empty();

    /** Logins that nobody has. */
    final Set<String> nobody = new HashSet<>();

    /** Branches beside the target, and whether each is protected. */
    final Map<String, Boolean> branches = new HashMap<>();

    final List<Object> rules = new ArrayList<>();

    /** Whether the host still computes if a pull request can be merged: so many times yet. */
    int undecided;

    /** The page of the list of pull requests that is something else; none when 0. */
    int brokenPage;

    /** Whether comments touch their proposal, as they do there, by the clock. */
    boolean commentsTouch;

    /** Words of a refusal of every merge. */
    Optional<String> refusal = Optional.empty();

    PlayedGithub(Path folder) {
        super(folder);
    }

    @Override
    String apiPath() {
        return "/api/v3";
    }

    @Override
    void pushed(Push push) {
        proposals.values().stream()
                .filter(each -> each.open && push.ref().equals("refs/heads/" + each.branch))
                .forEach(each -> push.after().ifPresent(head -> moved(each, head)));
    }

    void moved(PlayedProposal proposal, CommitId head) {
        proposal.head = head;
        git("update-ref", "refs/pull/" + proposal.number + "/head", head.toString());
        proposal.touch();
    }

    @Override
    Reply api(Ask ask) {
        String path = ask.path();
        if (path.startsWith(REPO + "/pulls")) {
            return pulls(ask);
        }
        if (ask.is("GET", REPO + "/issues/\\d+/timeline")) {
            return page(ask, timeline(proposals.get(ask.number(4))));
        }
        if (ask.is("GET", "/users/[^/]+") && !nobody.contains(ask.segment(1))) {
            return Reply.of(200, user(ask.segment(1)));
        }
        if (ask.is("GET", REPO + "/commits/[0-9a-f]{40}")) {
            return Reply.of(200, commit(git("log", "-1", "--format=%ae %ce", ask.segment(4))));
        }
        if (path.startsWith(REPO + "/issues")) {
            return comments(ask);
        }
        if (ask.is("POST", REPO + "/statuses/[0-9a-f]{40}")) {
            statuses.put(
                    ask.segment(4),
                    Map.of(
                            "state",
                            ask.text("state"),
                            "context",
                            ask.text("context"),
                            "description",
                            ask.text("description")));
            return ask.text("description").length() > 140
                    ? Reply.trouble(422, "Validation Failed")
                    : Reply.of(201, Map.of());
        }
        if (ask.is("POST", REPO + "/check-runs")) {
            checks.add(ask.body());
            return ask.user().endsWith("[bot]")
                    ? Reply.of(201, Map.of())
                    : Reply.trouble(403, "You must authenticate via a GitHub App.");
        }
        return switch (ask.method() + " " + path) {
            case "GET /user" -> Reply.of(200, user(ask.user()));
            case "GET " + REPO -> Reply.of(200, repository(ask.user()));
            case "PATCH " + REPO -> {
                ask.body()
                        .properties()
                        .forEach(entry ->
                                settings.put(entry.getKey(), entry.getValue().asBoolean()));
                yield Reply.of(200, repository(ask.user()));
            }
            case "GET " + REPO + "/activity" -> activity(ask);
            case "GET " + REPO + "/branches/main" -> Reply.of(200, Map.of("protected", protection.isPresent()));
            case "GET " + REPO + "/rules/branches/main" -> page(ask, rules);
            case "GET " + REPO + "/branches/main/protection" ->
                ask.user().equals("root")
                        ? protection
                                .map(rule -> Reply.of(200, rule))
                                .orElseGet(() -> Reply.trouble(404, "Branch not protected"))
                        : Reply.trouble(404, "Not Found");
            case "PUT " + REPO + "/branches/main/protection" -> protect(ask);
            default -> other(ask);
        };
    }

    private Reply other(Ask ask) {
        Boolean guarded = branches.get(ask.path().replace(REPO + "/branches/", ""));
        if (guarded != null) {
            return Reply.of(200, Map.of("protected", guarded));
        }
        if (ask.is("GET", REPO + "/collaborators/[^/]+/permission")) {
            String right = members.contains(ask.segment(4)) || strangers.contains(ask.segment(4)) ? "read" : "write";
            return Reply.of(200, Map.of("permission", right));
        }
        if (ask.is("GET", "/orgs/" + OWNER + "/teams/[^/]+/members")) {
            Set<String> team = teams.get(ask.segment(3));
            return team == null
                    ? Reply.trouble(404, "Not Found")
                    : page(ask, team.stream().map(this::user).toList());
        }
        return Reply.trouble(404, "Not Found");
    }

    /** What the setting of a protection looks like when it is read. */
    private Reply protect(Ask ask) {
        Map<String, Object> rule = new TreeMap<>();
        rule.put("required_status_checks", MAPPER.treeToValue(ask.body().path("required_status_checks"), Map.class));
        rule.put(
                "enforce_admins",
                Map.of("enabled", ask.body().path("enforce_admins").asBoolean()));
        rule.put(
                "required_pull_request_reviews",
                MAPPER.treeToValue(ask.body().path("required_pull_request_reviews"), Map.class));
        rule.put(
                "allow_force_pushes",
                Map.of("enabled", ask.body().path("allow_force_pushes").asBoolean()));
        if (ask.body().path("restrictions").isObject()) {
            List<Map<String, Object>> users = new ArrayList<>();
            ask.body().path("restrictions").path("users").forEach(each -> users.add(user(each.asString())));
            rule.put("restrictions", Map.of("users", users, "teams", List.of(), "apps", List.of()));
        }
        protection = Optional.of(rule);
        return Reply.of(200, rule);
    }

    private Map<String, Object> repository(String user) {
        Map<String, Object> repository = new TreeMap<>(settings);
        repository.put("id", 1);
        repository.put("full_name", OWNER + "/" + NAME);
        repository.put("owner", Map.of("login", OWNER, "type", "Organization"));
        repository.put("permissions", Map.of("admin", user.equals("root")));
        return repository;
    }

    private Map<String, Object> user(String login) {
        return Map.of("id", account(login), "login", login, "type", login.endsWith("[bot]") ? "Bot" : "User");
    }

    private Reply activity(Ask ask) {
        List<Object> moves = new ArrayList<>();
        for (Push push : pushes) {
            if (push.ref().equals(ask.query().get("ref"))) {
                moves.add(Map.of(
                        "before",
                        push.before().map(CommitId::toString).orElse("0".repeat(40)),
                        "after",
                        push.after().map(CommitId::toString).orElse("0".repeat(40)),
                        "ref",
                        push.ref(),
                        "activity_type",
                        push.before().isPresent() ? "force_push" : "branch_creation",
                        "actor",
                        user(push.user())));
            }
        }
        Collections.reverse(moves);
        return page(ask, moves);
    }

    private Reply pulls(Ask ask) {
        if (ask.is("GET", REPO + "/pulls")) {
            return ask.parameter("page", 1) == brokenPage ? Reply.of(200, Map.of()) : page(ask, listed(ask));
        }
        if (ask.is("POST", REPO + "/pulls")) {
            return opened(ask);
        }
        PlayedProposal proposal = proposals.get(ask.number(4));
        if (proposal == null) {
            return Reply.trouble(404, "Not Found");
        }
        if (ask.is("GET", REPO + "/pulls/\\d+")) {
            Map<String, Object> pull = pull(proposal);
            pull.put("merged", proposal.merged.isPresent());
            pull.put("mergeable_state", undecided > 0 ? "unknown" : "clean");
            return Reply.of(200, pull);
        }
        if (ask.is("PATCH", REPO + "/pulls/\\d+")) {
            ask.body().path("title").asStringOpt().ifPresent(text -> proposal.title = text);
            ask.body().path("body").asStringOpt().ifPresent(text -> proposal.description = text);
            ask.body().path("base").asStringOpt().ifPresent(text -> {
                proposal.base = text;
                proposal.timeline.add(Map.of("event", "base_ref_changed", "id", PlayedProposal.nextId()));
            });
            ask.body().path("state").asStringOpt().ifPresent(text -> proposal.open = text.equals("open"));
            proposal.touch();
            return Reply.of(200, pull(proposal));
        }
        if (ask.is("GET", REPO + "/pulls/\\d+/commits")) {
            return page(ask, commits(proposal));
        }
        if (ask.is("PUT", REPO + "/pulls/\\d+/merge")) {
            return merge(ask, proposal);
        }
        return reviews(ask, proposal);
    }

    private List<Object> listed(Ask ask) {
        String state = ask.query().getOrDefault("state", "open");
        String head = ask.query().getOrDefault("head", "");
        boolean updated = "updated".equals(ask.query().get("sort"));
        return (updated ? touchedLast() : List.copyOf(proposals.values()))
                .stream()
                        .filter(each -> each.base.equals(ask.query().getOrDefault("base", each.base)))
                        .filter(each -> head.isEmpty() || head.equals(OWNER + ":" + each.branch))
                        .filter(each -> state.equals("all") || each.open == state.equals("open"))
                        .map(each -> (Object) pull(each))
                        .toList();
    }

    private Reply opened(Ask ask) {
        String branch = ask.text("head");
        Optional<CommitId> head = repository().ref("refs/heads/" + branch);
        boolean twice = proposals.values().stream().anyMatch(each -> each.open && each.branch.equals(branch));
        if (head.isEmpty() || twice) {
            return Reply.trouble(422, twice ? "A pull request already exists" : "Validation Failed");
        }
        PlayedProposal proposal = new PlayedProposal(
                proposals.size() + 1, ask.user(), branch, head.get(), ask.text("title"), ask.text("body"));
        proposals.put(proposal.number, proposal);
        moved(proposal, head.get());
        return Reply.of(201, pull(proposal));
    }

    private Map<String, Object> pull(PlayedProposal proposal) {
        Map<String, Object> pull = new LinkedHashMap<>();
        Map<String, Object> repo = Map.of("id", 1, "full_name", OWNER + "/" + NAME);
        pull.put("number", proposal.number);
        pull.put("state", proposal.open ? "open" : "closed");
        pull.put("closed_at", proposal.ended());
        pull.put("draft", proposal.draft);
        pull.put("title", proposal.title);
        pull.put("body", proposal.description);
        pull.put("user", user(proposal.author));
        pull.put("head", Map.of("ref", proposal.branch, "sha", proposal.head.toString(), "repo", repo));
        pull.put("base", Map.of("ref", proposal.base, "sha", target().toString(), "repo", repo));
        pull.put("updated_at", Instant.ofEpochSecond(proposal.touched).toString());
        pull.put("merge_commit_sha", proposal.merged.map(CommitId::toString).orElse("f".repeat(40)));
        proposal.merged.ifPresent(commit -> pull.put("merged_at", proposal.ended()));
        return pull;
    }

    /** What happened, and the comments that are there. */
    private List<Object> timeline(PlayedProposal proposal) {
        List<Object> events = new ArrayList<>(proposal.timeline);
        proposal.comments.forEach((id, comment) -> events.add(Map.of(
                "event",
                "commented",
                "id",
                id,
                "user",
                user(comment[0]),
                "body",
                comment[1],
                "updated_at",
                Instant.ofEpochSecond(proposal.commented).toString())));
        return events;
    }

    /** The first 250 commits with the accounts that have their addresses, as the host finds them. */
    private List<Object> commits(PlayedProposal proposal) {
        return git("log", "--reverse", "--format=%ae %ce", "main.." + proposal.head)
                .lines()
                .limit(250)
                .map(this::commit)
                .toList();
    }

    private Object commit(String addresses) {
        String[] both = addresses.split(" ", -1);
        return Map.of(
                "author", user(both[0].replaceAll("@.*", "")),
                "committer", user(both[1].replaceAll("@.*", "")));
    }

    private Reply merge(Ask ask, PlayedProposal proposal) {
        if (!proposal.open || proposal.draft) {
            return Reply.trouble(405, "Pull Request is not mergeable");
        }
        if (undecided > 0) {
            undecided--;
            return Reply.trouble(405, "Pull Request is not mergeable");
        }
        if (refusal.isPresent()) {
            return Reply.trouble(405, refusal.get());
        }
        if (!ask.text("sha").equals(proposal.head.toString())) {
            return Reply.trouble(409, "Head branch was modified. Review and try the merge again.");
        }
        if (!ask.text("merge_method").equals("merge")) {
            return Reply.trouble(422, "Validation Failed");
        }
        return mergeCommit(proposal, ask.text("commit_title") + "\n\n" + ask.text("commit_message"))
                .map(commit -> {
                    proposal.open = false;
                    proposal.touch();
                    return Reply.of(200, Map.of("sha", commit.toString(), "merged", true));
                })
                .orElseGet(() -> Reply.trouble(405, "Pull Request is not mergeable"));
    }

    private Reply reviews(Ask ask, PlayedProposal proposal) {
        if (ask.is("GET", REPO + "/pulls/\\d+/reviews")) {
            return page(ask, proposal.reviews.stream().map(this::review).toList());
        }
        if (ask.is("POST", REPO + "/pulls/\\d+/reviews")) {
            String event = ask.text("event");
            if (ask.user().equals(proposal.author) && !event.equals("COMMENT")) {
                return Reply.trouble(422, "Can not approve your own pull request");
            }
            String state = switch (event) {
                case "APPROVE" -> "APPROVED";
                case "REQUEST_CHANGES" -> "CHANGES_REQUESTED";
                default -> "COMMENTED";
            };
            long id = PlayedProposal.nextId();
            proposal.reviews.add(new PlayedProposal.Said(id, ask.user(), new CommitId(ask.text("commit_id")), state));
            proposal.timeline.add(Map.of("event", "reviewed", "id", id));
            proposal.touch();
            return Reply.of(200, Map.of());
        }
        if (ask.is("PUT", REPO + "/pulls/\\d+/reviews/\\d+/dismissals")) {
            proposal.reviews.stream()
                    .filter(each -> each.id == Long.parseLong(ask.segment(6)))
                    .forEach(each -> each.state = "DISMISSED");
            proposal.touch();
            return Reply.of(200, Map.of());
        }
        return Reply.trouble(404, "Not Found");
    }

    private Map<String, Object> review(PlayedProposal.Said said) {
        String association =
                members.contains(said.by) ? "MEMBER" : strangers.contains(said.by) ? "NONE" : "COLLABORATOR";
        return Map.of(
                "id",
                said.id,
                "user",
                user(said.by),
                "state",
                said.state,
                "commit_id",
                said.commit.toString(),
                "author_association",
                association);
    }

    private Reply comments(Ask ask) {
        if (ask.is("GET", REPO + "/issues/\\d+/comments")) {
            return page(
                    ask,
                    proposals.get(ask.number(4)).comments.entrySet().stream()
                            .map(entry -> Map.of(
                                    "id",
                                    entry.getKey(),
                                    "user",
                                    user(entry.getValue()[0]),
                                    "body",
                                    entry.getValue()[1]))
                            .collect(Collectors.toList()));
        }
        if (ask.is("POST", REPO + "/issues/\\d+/comments")) {
            PlayedProposal proposal = proposals.get(ask.number(4));
            proposal.comments.put(PlayedProposal.nextId(), new String[] {ask.user(), ask.text("body")});
            proposal.comment(commentsTouch);
            return Reply.of(201, Map.of());
        }
        long id = Long.parseLong(ask.segment(5));
        for (PlayedProposal proposal : proposals.values()) {
            if (proposal.comments.containsKey(id)) {
                if (ask.method().equals("DELETE")) {
                    proposal.comments.remove(id);
                    return new Reply(204, null, Map.of());
                }
                proposal.comments.put(id, new String[] {proposal.comments.get(id)[0], ask.text("body")});
                proposal.comment(commentsTouch);
                return Reply.of(200, Map.of());
            }
        }
        return Reply.trouble(404, "Not Found");
    }
}
