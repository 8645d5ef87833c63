package io.modelgate.host.gitlab;

import io.modelgate.git.CommitId;
import io.modelgate.host.http.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the present head of a merge request came. The host keeps a version for each head, and a note for each push that brought
 * commits, which names its version: notes after that one are of the present head. A push that only takes commits away has no
 * note; then nothing can be told.
 *
 * @param note the note of the push, 0 for the head that it was opened with; empty where that cannot be told
 * @param version the version of the changes that came with it
 * @param at when the host made that version, by its clock
 * @param before the head before; empty where there was none
 */
record Arrival(Optional<Long> note, Optional<Long> version, Optional<Instant> at, Optional<CommitId> before) {
    private static final Arrival UNKNOWN =
            new Arrival(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** @param versions as the API gives them (GitLab REST API v4, Merge requests, versions), asked for after all else */
    static Arrival of(CommitId head, List<Json> versions, List<Note> notes) {
        List<Json> inOrder = versions.stream()
                .filter(json -> json.integer("id").isPresent())
                .sorted(Comparator.comparingLong(Arrival::id))
                .toList();
        int first = inOrder.size();
        while (first > 0 && commit(inOrder.get(first - 1)).equals(Optional.of(head))) {
            first--;
        }
        if (first == inOrder.size()) {
            return UNKNOWN;
        }
        Json version = inOrder.get(first);
        Optional<Long> note =
                first == 0 ? Optional.of(0L) : pushes(version, notes).max(Comparator.naturalOrder());
        Optional<CommitId> before = first == 0 ? Optional.empty() : commit(inOrder.get(first - 1));
        return new Arrival(note, version.integer("id"), time(version, "created_at"), before);
    }

    private static long id(Json version) {
        return version.integer("id").orElse(0L);
    }

    private static Optional<CommitId> commit(Json version) {
        return version.commit("head_commit_sha");
    }

    private static Stream<Long> pushes(Json version, List<Note> notes) {
        return notes.stream()
                .filter(note -> note.version().equals(version.integer("id")))
                .map(Note::id);
    }

    static Optional<Instant> time(Json json, String field) {
        try {
            return json.text(field).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether it never had another head. */
    boolean isFirst() {
        return note.filter(id -> id == 0).isPresent();
    }

    /** Whether a note is of the present head; not where that cannot be told. */
    boolean isBefore(long id) {
        return note.filter(push -> push < id).isPresent();
    }

    /**
     * Whether an approval that stands now was given for the present head. The host writes its note a while after the approval, so
     * a note after the push proves nothing alone: either the approval itself is younger than the version, too, or the reviewer
     * took back an older one after the push.
     *
     * @param approved the last note of the approval
     * @param withdrawn the last note of a withdrawal by the same reviewer
     * @param given when the host took the approval, by its clock; older hosts do not tell
     */
    boolean isBefore(Optional<Long> approved, Optional<Long> withdrawn, Optional<Instant> given) {
        if (isFirst()) {
            return true;
        }
        boolean younger = given.flatMap(time -> at.filter(time::isAfter)).isPresent();
        boolean anew = withdrawn.filter(this::isBefore).isPresent();
        return approved.filter(this::isBefore).isPresent() && (younger || anew);
    }
}
