package io.modelgate.host;

import io.modelgate.git.CommitId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a played host knows of a proposal. */
final class PlayedProposal {
    private static long clock = 1_700_000_000L;

    final int number;
    final String author;
    String branch;
    String base = "main";
    String title;
    String description;
    CommitId head;
    boolean open = true;
    boolean draft;
    private @Nullable String ended;
    Optional<CommitId> merged = Optional.empty();

    /** Grows with each change; in seconds since 1970. */
    long touched;

    /** When a comment was last written. */
    long commented;

    final List<Said> reviews = new ArrayList<>();

    /** What happened to it, in order, as the host tells it. */
    final List<Object> timeline = new ArrayList<>();

    /** Comments by number: who, and what. */
    final Map<Long, String[]> comments = new LinkedHashMap<>();

    /** One review: what it says is mended in place where a host does so. */
    static final class Said {
        final long id;
        final String by;
        final CommitId commit;
        String state;

        Said(long id, String by, CommitId commit, String state) {
            this.id = id;
            this.by = by;
            this.commit = commit;
            this.state = state;
        }
    }

    PlayedProposal(int number, String author, String branch, CommitId head, String title, String description) {
        this.number = number;
        this.author = author;
        this.branch = branch;
        this.head = head;
        this.title = title;
        this.description = description;
        touch();
    }

    void touch() {
        touched = nextId();
    }

    /** Takes down that a comment was written just now, and that it touched the proposal where it does. */
    void comment(boolean touches) {
        commented = java.time.Instant.now().getEpochSecond();
        touched = touches ? commented : touched;
    }

    /** When it was closed or merged, as somebody first asks; {@code null} while it is open. */
    @Nullable
    String ended() {
        ended = open ? null : ended == null ? java.time.Instant.now().toString() : ended;
        return ended;
    }

    /** A number that was never given before, and is also a time. */
    static synchronized long nextId() {
        return ++clock;
    }
}
