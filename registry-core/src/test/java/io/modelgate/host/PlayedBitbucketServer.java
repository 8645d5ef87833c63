package io.modelgate.host;

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

/** Plays Bitbucket Data Center as its REST reference (9.2) describes it; of what is unclear there, the worse is played. */
final class PlayedBitbucketServer extends PlayedHost {
    private static final String REPO = "/api/latest/projects/ACME/repos/models";
    private static final String PULLS = REPO + "/pull-requests";
    private static final String PULL = PULLS + "/[0-9]+";

    /** Pages are no longer than this, whatever is asked for. */
    int longestPage = 1000;

    /** Done once when a merge was asked for, before the host looks. */
    Optional<Runnable> beforeMerge = Optional.empty();

    /** Done once when a status was told, before the host looks. */
    Optional<Runnable> beforeStatus = Optional.empty();

    /** Whether the host heeds the reviewed commit that it is told with a status; older ones do not. */
    boolean heedsReviewedCommit = true;

    /** Whether a push changes the version of a pull request. */
    boolean pushesCountAsVersions = true;

    final Set<String> machines = new TreeSet<>();
    final Set<String> gone = new TreeSet<>();
    final Map<String, Map<String, Object>> builds = new TreeMap<>();

    private final Map<Integer, Integer> versions = new HashMap<>();
    private final Map<Integer, Map<String, Participant>> participants = new HashMap<>();
    final List<Map<String, Object>> refChanges = new ArrayList<>();
    final PlayedBitbucketActivities activities = new PlayedBitbucketActivities(this);
    final PlayedBitbucketSettings settings = new PlayedBitbucketSettings(this);

    /** What a user says: UNAPPROVED, NEEDS_WORK or APPROVED. */
    private record Participant(String status, Optional<CommitId> reviewed) {}

    PlayedBitbucketServer(Path folder) {
        super(folder);
    }

    @Override
    String apiPath() {
        return "/rest";
    }

    @Override
    void pushed(Push push) {
        push.after().ifPresent(after -> {
            refChanges.add(
                    0,
                    Map.of(
                            "id",
                            PlayedProposal.nextId(),
                            "user",
                            user(push.user()),
                            "refChange",
                            Map.of("refId", push.ref(), "toHash", after.toString())));
            proposals.values().stream().filter(proposal -> proposal.open).forEach(proposal -> {
                if (push.ref().equals("refs/heads/" + proposal.branch)) {
                    rescope(proposal, push.user(), after);
                } else if (push.ref().equals("refs/heads/" + proposal.base)) {
                    // The target moved: the head is as it was.
                    rescope(proposal, push.user(), proposal.head);
                }
            });
        });
    }

    /** Moves a branch at once to a commit that is here already. */
    void move(String user, String branch, CommitId to) {
        git("update-ref", "refs/heads/" + branch, to.hex());
        pushed(new Push(user, "refs/heads/" + branch, Optional.empty(), Optional.of(to)));
    }

    private void rescope(PlayedProposal proposal, String user, CommitId head) {
        activities.rescoped(proposal, user, head);
        if (pushesCountAsVersions) {
            versions.merge(proposal.number, 1, Integer::sum);
        }
    }

    Map<String, Object> user(String login) {
        return Map.of(
                "id",
                account(login),
                "name",
                login,
                "slug",
                login.toLowerCase(java.util.Locale.ROOT),
                "active",
                !gone.contains(login),
                "type",
                machines.contains(login) ? "SERVICE" : "NORMAL");
    }

    @Override
    Reply api(Ask ask) {
        Reply reply = answer(ask);
        Map<String, String> headers = new TreeMap<>(reply.headers());
        headers.put("X-AUSERNAME", ask.user());
        return new Reply(reply.status(), reply.body(), headers);
    }

    private Reply answer(Ask ask) {
        if (ask.is("GET", "/api/latest/application-properties")) {
            return Reply.of(200, Map.of("version", "9.2.0", "displayName", "Bitbucket"));
        }
        if (ask.is("GET", "/api/latest/users")) {
            return settings.users(ask);
        }
        if (ask.is("GET", PULLS)) {
            return list(ask);
        }
        if (ask.is("POST", PULLS)) {
            return open(ask);
        }
        if (ask.is("POST", REPO + "/commits/[0-9a-f]{40}/builds")) {
            builds.put(
                    ask.segment(7) + " " + ask.text("key"),
                    Map.of(
                            "state", ask.text("state"),
                            "url", ask.text("url"),
                            "parent", ask.text("parent"),
                            "description", ask.text("description")));
            return Reply.of(ask.text("url").isEmpty() ? 400 : 204, null);
        }
        if (ask.path().matches(PULL + "(/.*)?")) {
            PlayedProposal proposal = proposals.get(ask.number(7));
            return proposal == null
                    ? trouble(404, "Pull request " + ask.segment(7) + " does not exist in ACME/models.", "NoSuch")
                    : pull(ask, proposal);
        }
        return settings.answer(ask);
    }

    static Reply trouble(int status, String message, String exception) {
        return Reply.of(
                status,
                Map.of("errors", List.of(Map.of("message", message, "exceptionName", "com.atlassian." + exception))));
    }

    Reply paged(Ask ask, Collection<?> all) {
        List<Object> values = new ArrayList<>(all);
        int start = Math.min(values.size(), ask.parameter("start", 0));
        int limit = Math.min(longestPage, ask.parameter("limit", 25));
        int end = Math.min(values.size(), start + limit);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("values", values.subList(start, end));
        page.put("size", end - start);
        page.put("limit", limit);
        page.put("start", start);
        page.put("isLastPage", end == values.size());
        page.put("nextPageStart", end == values.size() ? null : end);
        return Reply.of(200, page);
    }

    private Reply list(Ask ask) {
        String state = ask.query().getOrDefault("state", "OPEN");
        String at = ask.query().getOrDefault("at", "");
        String author = ask.query().getOrDefault("username.1", "");
        return paged(
                ask,
                proposals.values().stream()
                        .filter(each -> state.equals("ALL") || state(each).equals(state))
                        .filter(each -> at.isEmpty() || at.equals("refs/heads/" + each.base))
                        .filter(each -> author.isEmpty() || each.author.equals(author))
                        .map(this::json)
                        .toList());
    }

    private static String state(PlayedProposal proposal) {
        return proposal.merged.isPresent() ? "MERGED" : proposal.open ? "OPEN" : "DECLINED";
    }

    private Reply open(Ask ask) {
        String branch = ask.body().path("fromRef").path("id").asString("").replaceFirst("^refs/heads/", "");
        Optional<CommitId> head = repository().ref("refs/heads/" + branch);
        if (head.isEmpty()) {
            return trouble(404, "The branch " + branch + " does not exist.", "NoSuchBranch");
        }
        boolean twice = proposals.values().stream().anyMatch(each -> each.open && each.branch.equals(branch));
        if (twice) {
            return trouble(409, "Only one pull request may be open for a given source and target branch", "Duplicate");
        }
        PlayedProposal proposal = new PlayedProposal(
                proposals.size() + 1, ask.user(), branch, head.get(), ask.text("title"), ask.text("description"));
        proposals.put(proposal.number, proposal);
        git(
                "update-ref",
                "refs/pull-requests/" + proposal.number + "/from",
                head.get().hex());
        activities.opened(proposal);
        return Reply.of(201, json(proposal));
    }

    private Map<String, Object> json(PlayedProposal proposal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", proposal.number);
        json.put("version", version(proposal));
        json.put("title", proposal.title);
        json.put("description", proposal.description);
        json.put("state", state(proposal));
        json.put("open", proposal.open);
        Optional.ofNullable(proposal.ended())
                .ifPresent(
                        at -> json.put("closedDate", java.time.Instant.parse(at).toEpochMilli()));
        json.put("draft", proposal.draft);
        json.put("fromRef", ref(proposal.branch, proposal.head));
        json.put("toRef", ref(proposal.base, target()));
        json.put("author", Map.of("user", user(proposal.author), "role", "AUTHOR", "status", "UNAPPROVED"));
        List<Map<String, Object>> reviewers = new ArrayList<>();
        said(proposal).forEach((login, said) -> {
            Map<String, Object> one = new LinkedHashMap<>(Map.of(
                    "user",
                    user(login),
                    "role",
                    "REVIEWER",
                    "approved",
                    said.status.equals("APPROVED"),
                    "status",
                    said.status));
            said.reviewed.ifPresent(commit -> one.put("lastReviewedCommit", commit.toString()));
            reviewers.add(one);
        });
        json.put("reviewers", reviewers.stream().limit(1).toList());
        json.put("participants", reviewers.stream().skip(1).toList());
        proposal.merged.ifPresent(commit ->
                json.put("properties", Map.of("mergeCommit", Map.of("id", commit.toString()))));
        return json;
    }

    private static Map<String, Object> ref(String branch, CommitId commit) {
        return Map.of(
                "id",
                "refs/heads/" + branch,
                "displayId",
                branch,
                "latestCommit",
                commit.toString(),
                "repository",
                Map.of("id", 1, "slug", "models", "project", Map.of("key", "ACME")));
    }

    private Map<String, Participant> said(PlayedProposal proposal) {
        return participants.computeIfAbsent(proposal.number, n -> new LinkedHashMap<>());
    }

    private int version(PlayedProposal proposal) {
        return versions.getOrDefault(proposal.number, 0);
    }

    private Reply pull(Ask ask, PlayedProposal proposal) {
        List<Map<String, Object>> log = activities.of(proposal);
        if (ask.is("GET", PULL)) {
            return Reply.of(200, json(proposal));
        }
        if (ask.is("GET", PULL + "/activities")) {
            return paged(ask, log);
        }
        if (ask.is("GET", PULL + "/commits")) {
            return paged(ask, List.of());
        }
        if (ask.is("PUT", PULL + "/participants/.*")) {
            return participate(ask, proposal);
        }
        if (ask.path().matches(PULL + "/comments(/[0-9]+)?")) {
            return new PlayedBitbucketComments(this).answer(ask, proposal, log);
        }
        if (ask.is("POST", PULL + "/merge")) {
            beforeMerge.ifPresent(Runnable::run);
            beforeMerge = Optional.empty();
        }
        int expected = ask.is("PUT", PULL) ? ask.body().path("version").asInt(-1) : ask.parameter("version", -1);
        if (expected != version(proposal)) {
            return trouble(
                    409,
                    "You are attempting to modify a pull request based on out-of-date information.",
                    "bitbucket.pull.PullRequestOutOfDateException");
        }
        return change(ask, proposal);
    }

    private Reply change(Ask ask, PlayedProposal proposal) {
        if (ask.is("PUT", PULL)) {
            proposal.title = ask.body().path("title").asString(proposal.title);
            proposal.description = ask.body().path("description").asString(proposal.description);
            proposal.draft = ask.body().path("draft").asBoolean(proposal.draft);
            String base = ask.body().path("toRef").path("id").asString("");
            if (base.isEmpty()) {
                activities.note(proposal, ask.user(), "UPDATED", Map.of());
            } else {
                activities.retargeted(proposal, ask.user(), base.replaceFirst("^refs/heads/", ""));
            }
        } else if (ask.is("POST", PULL + "/decline") && proposal.open) {
            proposal.open = false;
            activities.note(proposal, ask.user(), "DECLINED", Map.of());
        } else if (ask.is("POST", PULL + "/reopen") && !proposal.open && proposal.merged.isEmpty()) {
            CommitId head = repository().ref("refs/heads/" + proposal.branch).orElseThrow();
            proposal.open = true;
            activities.note(proposal, ask.user(), "REOPENED", Map.of());
            if (!head.equals(proposal.head)) {
                rescope(proposal, ask.user(), head);
            }
        } else if (ask.is("POST", PULL + "/merge") && proposal.open) {
            return merge(ask, proposal);
        } else {
            return trouble(409, "The pull request is not open.", "IllegalPullRequestStateException");
        }
        versions.merge(proposal.number, 1, Integer::sum);
        return Reply.of(200, json(proposal));
    }

    private Reply merge(Ask ask, PlayedProposal proposal) {
        if (proposal.draft || !ask.text("strategyId").equals("no-ff")) {
            return Reply.of(
                    409,
                    Map.of(
                            "errors",
                            List.of(Map.of(
                                    "message",
                                    "A merge check vetoed the merge.",
                                    "exceptionName",
                                    "com.atlassian.bitbucket.pull.PullRequestMergeVetoedException",
                                    "vetoes",
                                    List.of(Map.of("detailedMessage", "It is a draft."))))));
        }
        Optional<CommitId> commit = mergeCommit(proposal, ask.text("message"));
        if (commit.isEmpty()) {
            return trouble(409, "The pull request has conflicts.", "PullRequestMergeVetoedException");
        }
        proposal.open = false;
        activities.note(
                proposal,
                ask.user(),
                "MERGED",
                Map.of("commit", Map.of("id", commit.get().toString())));
        return Reply.of(200, json(proposal));
    }

    private Reply participate(Ask ask, PlayedProposal proposal) {
        String status = ask.text("status");
        beforeStatus.ifPresent(Runnable::run);
        beforeStatus = Optional.empty();
        if (!proposal.open) {
            return trouble(409, "The pull request is not open.", "IllegalPullRequestStateException");
        }
        if (proposal.author.equals(ask.user())) {
            return trouble(400, "The author cannot change their status.", "InvalidPullRequestRoleException");
        }
        if (!ask.segment(9).equals(ask.user())) {
            return trouble(401, "You are not " + ask.segment(9) + ".", "AuthorisationException");
        }
        String reviewed = ask.text("lastReviewedCommit");
        if (heedsReviewedCommit && !reviewed.isEmpty() && !reviewed.equals(proposal.head.toString())) {
            return trouble(409, "The pull request was updated since.", "PullRequestOutOfDateException");
        }
        Map<String, Participant> said = said(proposal);
        Participant old = said.getOrDefault(ask.user(), new Participant("UNAPPROVED", Optional.empty()));
        said.put(ask.user(), new Participant(status, Optional.of(proposal.head)));
        if (!old.status.equals(status)) {
            activities.note(proposal, ask.user(), status.equals("NEEDS_WORK") ? "REVIEWED" : status, Map.of());
        }
        return Reply.of(
                200,
                Map.of("user", user(ask.user()), "status", status, "lastReviewedCommit", proposal.head.toString()));
    }

    /** As if a reviewer ended a review of remarks alone: what they reviewed is the head then, and what they said stays. */
    void finishReview(String user, int number) {
        PlayedProposal proposal = proposals.get(number);
        said(proposal).computeIfPresent(user, (name, old) -> new Participant(old.status, Optional.of(proposal.head)));
    }
}
