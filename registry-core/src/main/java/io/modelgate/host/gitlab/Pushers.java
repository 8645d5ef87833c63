package io.modelgate.host.gitlab;

import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Pushes;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who pushed to the branch of a merge request, and who pushed its head, by what the host took down: its notes, and the events of
 * the project that has the branch (GitLab REST API v4, Events). What a commit says of its maker is a claim.
 */
record Pushers(HostClient client, Accounts accounts) {
    /** The pushes; CONFLICT when the host does not say who pushed the head. */
    Pushes of(Request request, CommitId head, Arrival arrival, List<Note> notes) {
        return Pushes.awaited(() -> look(request, head, arrival, notes))
                .orElseThrow(() -> Pushes.unknown(request.number(), head));
    }

    private Optional<Pushes> look(Request request, CommitId head, Arrival arrival, List<Note> notes) {
        Set<UserId> users = new TreeSet<>();
        notes.stream()
                .filter(Note::isPush)
                .forEach(note -> Users.user(note.author(), accounts).ifPresent(users::add));
        List<Json> events = events(request);
        events.forEach(event -> Users.user(event.at("author"), accounts).ifPresent(users::add));
        Optional<Json> inEvents = events.stream()
                .filter(event -> event.text("push_data.commit_to")
                        .filter(head.toString()::equals)
                        .isPresent())
                .findFirst()
                .map(event -> event.at("author"));
        Optional<Json> inNotes = notes.stream()
                .filter(note -> note.version().isPresent() && note.version().equals(arrival.version()))
                .reduce((one, two) -> two)
                .map(Note::author);
        // The head that it was opened with, of which the host keeps no event: as when many branches were pushed at
        // once.
        Optional<Json> opener = arrival.isFirst() && events.isEmpty()
                ? Optional.of(request.json().at("author"))
                : Optional.empty();
        return inEvents.or(() -> inNotes).or(() -> opener).map(user -> new Pushes(users, Users.user(user, accounts)));
    }

    /** The newest pushes to the branch, the latest first; none where the project that has it cannot be seen. */
    private List<Json> events(Request request) {
        return request.sourceProject().stream()
                .map(id -> client.ask("GET", "/projects/" + id + "/events?action=pushed&per_page=100", ""))
                .filter(Answer::ok)
                .flatMap(answer -> answer.json().elements())
                .filter(event -> event.text("push_data.ref_type")
                        .filter("branch"::equals)
                        .isPresent())
                .filter(event -> event.text("push_data.ref").equals(Optional.of(request.branch())))
                .toList();
    }
}
