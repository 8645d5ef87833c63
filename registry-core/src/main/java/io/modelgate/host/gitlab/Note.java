package io.modelgate.host.gitlab;

import io.modelgate.host.http.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that was said of a merge request (GitLab REST API v4, Notes): by somebody, or by the host, which nobody else can.
 *
 * @param id grows with each note
 * @param body what it says
 * @param author who said it, or whose deed the host tells of
 * @param byHost whether it is a system note
 * @param at when, by the host's clock; empty where it does not tell
 */
record Note(long id, String body, Json author, boolean byHost, Optional<Instant> at) {
    private static final Pattern PUSH = Pattern.compile("added [0-9]+ commits?\\R.*", Pattern.DOTALL);

    /** The last line of the note on a push; what stands before are titles of commits, which anybody can write. */
    private static final Pattern VERSION =
            Pattern.compile("\\[Compare with previous version]\\([^()\\s]*[?&;]diff_id=([0-9]{1,15})[^()\\s]*\\)");

    /** The notes in the order in which the host took them down, without those that an import brought. */
    static List<Note> all(List<Json> notes) {
        return notes.stream()
                .filter(json -> !json.isTrue("imported"))
                .flatMap(json -> json.integer("id").stream().map(id -> of(id, json)))
                .sorted(Comparator.comparingLong(Note::id))
                .toList();
    }

    private static Note of(long id, Json json) {
        return new Note(
                id,
                json.text("body").orElse(""),
                json.at("author"),
                json.isTrue("system"),
                Arrival.time(json, "created_at"));
    }

    boolean isApproval() {
        return byHost && body.strip().equals("approved this merge request");
    }

    boolean isWithdrawal() {
        return byHost && body.strip().equals("unapproved this merge request");
    }

    boolean isRequestForChanges() {
        return byHost && body.strip().startsWith("requested changes");
    }

    /** It is to be merged elsewhere: {@code changed target branch from `a` to `b`}, also where that was deleted. */
    boolean isRetarget() {
        return byHost && body.contains("target branch");
    }

    boolean isPush() {
        return byHost && PUSH.matcher(body).matches();
    }

    /** The version of the changes that a push made. */
    Optional<Long> version() {
        if (!isPush()) {
            return Optional.empty();
        }
        String end = body.strip();
        Matcher link = VERSION.matcher(end.substring(end.lastIndexOf('\n') + 1));
        return link.matches() ? Optional.of(Long.parseLong(link.group(1))) : Optional.empty();
    }

    boolean isBy(long account) {
        return author.integer("id").filter(id -> id == account).isPresent();
    }
}
