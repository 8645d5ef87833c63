package io.modelgate.host;

import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells whether a proposal that the host tells of was touched by nothing but this user's own comment since it was read: its times are in
 * whole seconds and say nothing of who, but its timeline does, in one request. In doubt somebody else touched it.
 */
public final class OwnTouches {
    private static final int MOST = 10_000;

    /** A host takes the touch of a comment down with it, or a moment after. */
    private static final Duration WITH = Duration.ofSeconds(1);

    /** What decides, and is also in the list of proposals. */
    private static final List<String> FIELDS =
            List.of("title", "body", "state", "draft", "head.sha", "head.ref", "base.ref");

    private final HostClient client;
    private final String repo;
    private final Supplier<Optional<Long>> self;
    private final String query;
    private final Map<Integer, Seen> read = new HashMap<>();
    private final Map<Integer, String> said = new HashMap<>();

    /**
     * @param repo the path of the repository in the API
     * @param self tells the number of this user's account
     * @param query that asks for many events at once
     */
    public OwnTouches(HostClient client, String repo, Supplier<Optional<Long>> self, String query) {
        this.client = client;
        this.repo = repo;
        this.self = self;
        this.query = query;
    }

    /** A proposal without this user's comments. */
    private record Seen(String fields, List<String> events) {}

    /** What happened to a proposal, in order. */
    public List<Json> timeline(int number) {
        return client.all(repo + "/issues/" + number + "/timeline" + query, MOST);
    }

    /**
     * Remembers a proposal as it was read. The first reading counts until the host told of the proposal again, since whoever asks for
     * changes knows no later one.
     *
     * @param timeline read after the rest of it
     */
    public void read(Json pull, List<Json> timeline) {
        number(pull).ifPresent(number -> read.putIfAbsent(number, new Seen(fields(pull), others(timeline))));
    }

    /** Remembers what this user's comment says. */
    void say(int number, String text) {
        said.put(number, text);
    }

    /** Whether that is all that happened, of a proposal as the host lists it; what it was like is forgotten if not. */
    boolean isOwn(Json listed) {
        int number = number(listed).orElse(0);
        Optional<Seen> seen = Optional.ofNullable(read.get(number));
        Optional<String> text = Optional.ofNullable(said.get(number));
        boolean own = seen.isPresent() && text.isPresent() && isOwn(listed, number, seen.get(), text.get());
        if (!own) {
            read.remove(number);
            said.remove(number);
        }
        return own;
    }

    private boolean isOwn(Json listed, int number, Seen seen, String text) {
        Optional<Instant> touched = TouchedProposals.touched(listed);
        if (touched.isEmpty() || !seen.fields().equals(fields(listed))) {
            return false;
        }
        List<Json> timeline = timeline(number);
        List<Json> mine = timeline.stream().filter(this::isMine).toList();
        return mine.size() == 1
                && mine.get(0).text("body").map(String::strip).equals(Optional.of(text.strip()))
                && TouchedProposals.touched(mine.get(0))
                        .filter(at -> !touched.get().isAfter(at.plus(WITH)))
                        .isPresent()
                && others(timeline).equals(seen.events());
    }

    private static Optional<Integer> number(Json pull) {
        return pull.integer("number").map(Long::intValue);
    }

    private static String fields(Json pull) {
        List<String> values = new ArrayList<>();
        FIELDS.forEach(field -> values.add(pull.at(field).toString()));
        return String.join("\n", values);
    }

    private List<String> others(List<Json> timeline) {
        return timeline.stream()
                .filter(event -> !isMine(event))
                .map(Json::toString)
                .toList();
    }

    private boolean isMine(Json event) {
        boolean comment = event.text("type")
                .or(() -> event.text("event"))
                .filter(type -> type.equals("comment") || type.equals("commented"))
                .isPresent();
        return comment && event.integer("user.id").equals(self.get());
    }
}
