package io.modelgate.host;

import io.modelgate.git.CommitId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Plays GitLab's REST API v4 as its reference has it: merge requests with versions, approvals without commits, notes of people and
 * of the host, statuses that go by a state machine. What a push or an approval leaves behind is what its services write.
 */
final class PlayedGitlab extends PlayedHost {
    static final long PROJECT = 7;
    private static final String AT = "/projects/" + OWNER + "/" + NAME;
    private static final String ONE = AT + "/merge_requests/[0-9]+";

    /** What GitLab keeps of a merge request beside what every host does. */
    static final class Kept {
        final List<Map<String, Object>> versions = new ArrayList<>();
        final List<Map<String, Object>> notes = new ArrayList<>();
        final Map<String, Long> approvals = new LinkedHashMap<>();
        Instant updated = Instant.now();
        int undecided = 1;

        /** How many times a merge is still refused since its pipeline runs. */
        int running;

        long sourceProject = PROJECT;
    }

    final Map<Integer, Kept> kept = new TreeMap<>();
    final PlayedGitlabProject project = new PlayedGitlabProject(this);
    final List<String> statuses = new ArrayList<>();

    /** Whether approvals tell when they were given, as newer versions do. */
    boolean tellsTimes = true;

    /** Whether the notes of approvals are still to come: the host writes them in the background. */
    boolean holdsNotes;

    /** Answers, in place of its own, to whatever asks with this method for a path that ends so. */
    final Map<String, Reply> refusals = new TreeMap<>();

    private final List<Runnable> held = new ArrayList<>();
    private final Map<String, String> pending = new TreeMap<>();

    PlayedGitlab(Path folder) {
        super(folder);
    }

    @Override
    String apiPath() {
        return "/api/v4";
    }

    void release() {
        holdsNotes = false;
        held.forEach(Runnable::run);
        held.clear();
    }

    static String time(long id) {
        return Instant.ofEpochSecond(id).toString();
    }

    Map<String, Object> user(String login) {
        return Map.of("id", account(login), "username", login, "state", project.state(login));
    }

    @Override
    Reply api(Ask ask) {
        for (Map.Entry<String, Reply> refusal : refusals.entrySet()) {
            if ((ask.method() + " " + ask.path()).matches(refusal.getKey())) {
                return refusal.getValue();
            }
        }
        if (ask.is("GET", AT + "/merge_requests")) {
            return list(ask);
        }
        if (ask.is("POST", AT + "/merge_requests")) {
            return create(ask);
        }
        if (ask.is("POST", AT + "/statuses/[0-9a-f]{40}")) {
            return status(ask);
        }
        if (ask.is("GET", "/projects/" + PROJECT + "/events")) {
            return events(ask);
        }
        if (ask.path().matches(ONE + "(/.*)?")) {
            PlayedProposal proposal = proposals.get(ask.number(4));
            return proposal == null
                    ? Reply.trouble(404, "404 Not found")
                    : one(ask, proposal, kept.get(proposal.number));
        }
        return project.api(ask);
    }

    private Reply one(Ask ask, PlayedProposal proposal, Kept more) {
        if (ask.is("GET", ONE)) {
            return Reply.of(200, request(proposal));
        }
        if (ask.is("PUT", ONE)) {
            return edit(ask, proposal, more);
        }
        if (ask.is("PUT", ONE + "/merge")) {
            return merge(ask, proposal);
        }
        if (ask.is("GET", ONE + "/approvals")) {
            return Reply.of(200, approvals(more));
        }
        if (ask.is("POST", ONE + "/approve")) {
            return approve(ask.user(), ask.text("sha"), proposal, more);
        }
        if (ask.is("POST", ONE + "/unapprove")) {
            more.approvals.remove(ask.user());
            note(more, ask.user(), "unapproved this merge request", true);
            return Reply.of(201, approvals(more));
        }
        if (ask.is("GET", ONE + "/versions")) {
            List<Map<String, Object>> newestFirst = new ArrayList<>(more.versions);
            Collections.reverse(newestFirst);
            return page(ask, newestFirst);
        }
        return notes(ask, proposal, more);
    }

    private Reply list(Ask ask) {
        Map<String, String> query = ask.query();
        String state = query.getOrDefault("state", "all");
        Instant since = Instant.parse(query.getOrDefault("updated_after", "2000-01-01T00:00:00Z"));
        Stream<PlayedProposal> found = proposals.values().stream()
                .filter(each -> state.equals("all") || state.equals(state(each)))
                .filter(each -> each.base.equals(query.getOrDefault("target_branch", each.base)))
                .filter(each -> each.branch.equals(query.getOrDefault("source_branch", each.branch)))
                .filter(each -> query.getOrDefault("author_id", "" + account(each.author))
                        .equals("" + account(each.author)))
                .filter(each -> !kept.get(each.number).updated.isBefore(since));
        return page(ask, found.map(this::request).toList());
    }

    private Reply create(Ask ask) {
        String branch = ask.text("source_branch");
        Optional<PlayedProposal> other = proposals.values().stream()
                .filter(each -> each.open && each.branch.equals(branch))
                .findFirst();
        if (other.isPresent()) {
            return Reply.of(
                    409,
                    Map.of("message", List.of("Another open merge request already exists for this source branch")));
        }
        Optional<CommitId> head = repository().ref("refs/heads/" + branch);
        if (head.isEmpty()) {
            return Reply.of(400, Map.of("message", Map.of("source_branch", List.of("does not exist"))));
        }
        PlayedProposal made = new PlayedProposal(
                proposals.size() + 1, ask.user(), branch, head.get(), ask.text("title"), ask.text("description"));
        made.base = ask.text("target_branch");
        proposals.put(made.number, made);
        kept.put(made.number, new Kept());
        version(made, head.get());
        return Reply.of(201, request(made));
    }

    private void version(PlayedProposal proposal, CommitId head) {
        long id = PlayedProposal.nextId();
        Kept more = kept.get(proposal.number);
        proposal.head = head;
        more.versions.add(Map.of("id", id, "head_commit_sha", head.toString(), "created_at", time(id)));
        more.updated = Instant.now();
        more.undecided = 1;
        git("update-ref", "refs/merge-requests/" + proposal.number + "/head", head.toString());
    }

    @Override
    void pushed(Push push) {
        proposals.values().stream()
                .filter(each -> each.open && push.ref().equals("refs/heads/" + each.branch))
                .forEach(each -> push.after().ifPresent(after -> {
                    CommitId old = each.head;
                    version(each, after);
                    String added = git("rev-list", "--count", old + ".." + after);
                    if (!added.equals("0")) {
                        Kept more = kept.get(each.number);
                        note(more, push.user(), added(added, old, after, more), true);
                    }
                }));
    }

    private String added(String count, CommitId old, CommitId after, Kept more) {
        Object version = more.versions.get(more.versions.size() - 1).get("id");
        return "added " + count + (count.equals("1") ? " commit" : " commits") + "\n\n<ul><li>"
                + after.toString().substring(0, 8) + " - " + git("log", "-1", "--format=%s", after.toString())
                + "</li></ul>\n\n[Compare with previous version](/acme/models/-/merge_requests/1/diffs?diff_id="
                + version
                + "&start_sha=" + old + ")";
    }

    long note(Kept more, String by, String body, boolean system) {
        long id = PlayedProposal.nextId();
        more.notes.add(new TreeMap<>(Map.of(
                "id",
                id,
                "body",
                body,
                "author",
                user(by),
                "system",
                system,
                "imported",
                false,
                "created_at",
                time(id))));
        more.updated = Instant.now();
        return id;
    }

    private Map<String, Object> request(PlayedProposal proposal) {
        Kept more = kept.get(proposal.number);
        boolean draft = proposal.draft || proposal.title.startsWith("Draft:");
        Map<String, Object> json = new TreeMap<>();
        json.put("iid", proposal.number);
        json.put("project_id", PROJECT);
        json.put("source_project_id", more.sourceProject);
        json.put("target_project_id", PROJECT);
        json.put("author", user(proposal.author));
        json.put("title", proposal.title);
        json.put("description", proposal.description);
        json.put("state", state(proposal));
        json.put("closed_at", proposal.merged.isPresent() ? null : proposal.ended());
        json.put("merged_at", proposal.merged.isPresent() ? proposal.ended() : null);
        json.put("source_branch", proposal.branch);
        json.put("target_branch", proposal.base);
        json.put("sha", proposal.head.toString());
        json.put("draft", draft);
        json.put("updated_at", more.updated.toString());
        json.put(
                "detailed_merge_status",
                more.undecided-- > 0
                        ? "checking"
                        : draft ? "draft_status" : more.running > 0 ? "ci_still_running" : "mergeable");
        json.put("merge_commit_sha", proposal.merged.map(CommitId::toString).orElse(null));
        return json;
    }

    private static String state(PlayedProposal proposal) {
        return proposal.merged.isPresent() ? "merged" : proposal.open ? "opened" : "closed";
    }

    private Reply edit(Ask ask, PlayedProposal proposal, Kept more) {
        proposal.title = ask.body().path("title").asString(proposal.title);
        proposal.description = ask.body().path("description").asString(proposal.description);
        String base = ask.body().path("target_branch").asString(proposal.base);
        if (!base.equals(proposal.base)) {
            note(more, ask.user(), "changed target branch from `" + proposal.base + "` to `" + base + "`", true);
            proposal.base = base;
        }
        if (ask.text("state_event").equals("close")) {
            proposal.open = false;
        } else if (ask.text("state_event").equals("reopen")) {
            proposal.open = true;
            repository()
                    .ref("refs/heads/" + proposal.branch)
                    .filter(head -> !head.equals(proposal.head))
                    .ifPresent(head -> version(proposal, head));
        }
        more.updated = Instant.now();
        return Reply.of(200, request(proposal));
    }

    private Reply merge(Ask ask, PlayedProposal proposal) {
        if (!project.mayMerge(ask.user())) {
            return Reply.trouble(401, "401 Unauthorized");
        }
        boolean runs = kept.get(proposal.number).running-- > 0;
        if (runs || !proposal.open || proposal.draft || proposal.title.startsWith("Draft:")) {
            return Reply.trouble(405, "405 Method Not Allowed");
        }
        String head = git("rev-parse", "refs/heads/" + proposal.branch);
        if (!ask.text("sha").equals(head)) {
            return Reply.trouble(409, "SHA does not match HEAD of source branch: " + head);
        }
        if (mergeCommit(proposal, ask.text("merge_commit_message")).isEmpty()) {
            return Reply.trouble(422, "Branch cannot be merged");
        }
        proposal.open = false;
        return Reply.of(200, request(proposal));
    }

    private Map<String, Object> approvals(Kept more) {
        return Map.of(
                "approved_by",
                more.approvals.entrySet().stream()
                        .map(each -> tellsTimes
                                ? Map.of("user", user(each.getKey()), "approved_at", time(each.getValue()))
                                : Map.of("user", user(each.getKey())))
                        .toList());
    }

    private Reply approve(String user, String sha, PlayedProposal proposal, Kept more) {
        if (!sha.isEmpty() && !sha.equals(proposal.head.toString())) {
            return Reply.trouble(409, "SHA does not match HEAD of source branch: " + proposal.head);
        }
        if (!proposal.open || more.approvals.containsKey(user)) {
            return Reply.trouble(401, "401 Unauthorized");
        }
        more.approvals.put(user, PlayedProposal.nextId());
        Runnable noting = () -> note(more, user, "approved this merge request", true);
        if (holdsNotes) {
            held.add(noting);
        } else {
            noting.run();
        }
        more.updated = Instant.now();
        return Reply.of(201, approvals(more));
    }

    private Reply notes(Ask ask, PlayedProposal proposal, Kept more) {
        if (ask.is("GET", ONE + "/notes")) {
            return page(ask, more.notes);
        }
        String body = obey(ask, proposal, more);
        if (ask.is("POST", ONE + "/notes")) {
            return body.isBlank()
                    ? Reply.of(202, Map.of("commands_changes", Map.of()))
                    : Reply.of(201, Map.of("id", note(more, ask.user(), body, false)));
        }
        Optional<Map<String, Object>> note = more.notes.stream()
                .filter(each -> ask.path().endsWith("/notes/" + each.get("id")))
                .findFirst();
        if (note.isEmpty()) {
            return Reply.trouble(404, "404 Not found");
        }
        if (ask.method().equals("DELETE")) {
            more.notes.remove(note.get());
            return Reply.of(204, null);
        }
        note.get().put("body", body);
        return Reply.of(200, note.get());
    }

    /** Does what lines that start with a slash order, and gives the rest. */
    private String obey(Ask ask, PlayedProposal proposal, Kept more) {
        List<String> rest = new ArrayList<>();
        for (String line : ask.text("body").split("\n", -1)) {
            if (line.strip().equals("/approve")) {
                approve(ask.user(), "", proposal, more);
            } else if (line.strip().equals("/submit_review requested_changes")) {
                more.approvals.remove(ask.user());
                note(more, ask.user(), "requested changes", true);
            } else {
                rest.add(line);
            }
        }
        return String.join("\n", rest).strip();
    }

    private Reply status(Ask ask) {
        String key = ask.user() + " " + ask.segment(4) + " " + ask.text("ref") + " " + ask.text("name");
        String state = ask.text("state");
        if (state.equals(pending.get(key))) {
            return Reply.trouble(
                    400,
                    "Cannot transition status via :enqueue from :pending (Reason(s): Status cannot transition via \"enqueue\")");
        }
        if (state.equals("pending")) {
            pending.put(key, state);
        } else {
            pending.remove(key);
        }
        statuses.add(state + " " + ask.text("name") + " " + ask.text("ref"));
        return Reply.of(201, Map.of("status", state));
    }

    private Reply events(Ask ask) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (Push push : pushes) {
            Map<String, Object> data = new TreeMap<>();
            data.put("ref_type", "branch");
            data.put("ref", push.ref().replace("refs/heads/", ""));
            data.put("commit_from", push.before().map(CommitId::toString).orElse(null));
            data.put("commit_to", push.after().map(CommitId::toString).orElse(null));
            events.add(0, Map.of("author", user(push.user()), "push_data", data));
        }
        return project.hidesEvents ? Reply.trouble(404, "404 Project Not Found") : page(ask, events);
    }
}
