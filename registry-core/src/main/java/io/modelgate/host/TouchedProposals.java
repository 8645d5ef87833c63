package io.modelgate.host;

import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Finds the proposals that were touched since, the newest first: one request when nothing was. The host's clock has whole
 * seconds, so what was touched in the last seconds before a question is told again at the next.
 */
public final class TouchedProposals {
    private static final Duration SAFE = Duration.ofSeconds(3);
    private static final int MOST = 10_000;

    private final HostClient client;
    private final Lists lists;
    private final ToIntFunction<Json> number;
    private final Predicate<Json> own;

    /**
     * How a host lists proposals; each is a path with a query, to which {@code &page=} is added.
     *
     * @param open those that are open
     * @param touched all, the one that was touched last first
     * @param since the parameter that leaves out what was touched before a time, where the host has one
     * @param page how many the host gives at once, as the query asks
     */
    public record Lists(String open, String touched, Optional<String> since, int page) {
        /** Of a host that always lists them all. */
        public Lists(String open, String touched, int page) {
            this(open, touched, Optional.empty(), page);
        }

        private String touched(Instant time) {
            return touched
                    + since.map(name -> "&" + name + "=" + HostClient.encode(time.toString()))
                            .orElse("");
        }
    }

    /** @param number the number of a proposal as the host gives it */
    public TouchedProposals(HostClient client, Lists lists, ToIntFunction<Json> number) {
        this(client, lists, number, json -> false);
    }

    /**
     * The same without those that only this user touched.
     *
     * @param touches what this user knows of them
     */
    public TouchedProposals(HostClient client, Lists lists, ToIntFunction<Json> number, OwnTouches touches) {
        this(client, lists, number, touches::isOwn);
    }

    private TouchedProposals(HostClient client, Lists lists, ToIntFunction<Json> number, Predicate<Json> own) {
        this.client = client;
        this.lists = lists;
        this.number = number;
        this.own = own;
    }

    /** All that are open, or those that were touched since the cursor of an earlier answer. */
    public Changes after(String cursor) {
        return cursor.isEmpty() ? open() : since(Instant.parse(cursor));
    }

    private Changes open() {
        Answer first = client.require(client.ask("GET", lists.open() + "&page=1", ""), lists.open());
        List<Json> found = first.json().listed().toList();
        List<Json> open = isLast(first, found) ? found : client.all(lists.open(), MOST);
        return new Changes(open.stream().map(number::applyAsInt).toList(), now(first));
    }

    private Changes since(Instant since) {
        List<Integer> numbers = new ArrayList<>();
        String list = lists.touched(since);
        String cursor = "";
        for (int page = 1; page <= MOST / lists.page(); page++) {
            Answer answer = client.require(client.ask("GET", list + "&page=" + page, ""), list);
            cursor = cursor.isEmpty() ? now(answer) : cursor;
            List<Json> found = answer.json().elements().toList();
            for (Json json : found) {
                if (touched(json).filter(at -> at.isBefore(since)).isPresent()) {
                    return new Changes(numbers, cursor);
                }
                if (!own.test(json)) {
                    numbers.add(number.applyAsInt(json));
                }
            }
            if (isLast(answer, found)) {
                break;
            }
        }
        return new Changes(numbers, cursor);
    }

    /** A host may give fewer at once than it is asked for. */
    private boolean isLast(Answer page, List<Json> found) {
        return found.size() < lists.page() && !page.hasNext();
    }

    /** When a proposal, or something of it, was last touched. */
    static Optional<Instant> touched(Json json) {
        return json.text("updated_at").map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    }

    /** The host's own time, a little before; empty when it does not tell. */
    private static String now(Answer answer) {
        try {
            return answer.headers()
                    .firstValue("date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(time -> time.toInstant().minus(SAFE).toString())
                    .orElse("");
        } catch (DateTimeException e) {
            return "";
        }
    }
}
