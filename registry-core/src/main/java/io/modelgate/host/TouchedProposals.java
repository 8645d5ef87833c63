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

    /**
     * How a host lists proposals; each is a path with a query, to which {@code &page=} is added.
     *
     * @param open those that are open
     * @param touched all, the one that was touched last first
     * @param page how many the host gives at once, as the query asks
     */
    public record Lists(String open, String touched, int page) {}

    /** @param number the number of a proposal as the host gives it */
    public TouchedProposals(HostClient client, Lists lists, ToIntFunction<Json> number) {
        this.client = client;
        this.lists = lists;
        this.number = number;
    }

    /** All that are open, or those that were touched since the cursor of an earlier answer. */
    public Changes after(String cursor) {
        return cursor.isEmpty() ? open() : since(Instant.parse(cursor));
    }

    private Changes open() {
        String cursor = now(client.require(client.ask("GET", lists.open() + "&page=1", ""), lists.open()));
        return new Changes(
                client.all(lists.open(), MOST).stream().map(number::applyAsInt).toList(), cursor);
    }

    private Changes since(Instant since) {
        List<Integer> numbers = new ArrayList<>();
        String cursor = "";
        for (int page = 1; page <= MOST / lists.page(); page++) {
            Answer answer = client.require(client.ask("GET", lists.touched() + "&page=" + page, ""), lists.touched());
            cursor = cursor.isEmpty() ? now(answer) : cursor;
            List<Json> found = answer.json().elements().toList();
            for (Json json : found) {
                if (touched(json).filter(at -> at.isBefore(since)).isPresent()) {
                    return new Changes(numbers, cursor);
                }
                numbers.add(number.applyAsInt(json));
            }
            if (found.size() < lists.page()) {
                break;
            }
        }
        return new Changes(numbers, cursor);
    }

    private static Optional<Instant> touched(Json json) {
        return json.text("updated_at").map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    }

    /** The host's own time, a little before; empty when it does not tell. */
    public static String now(Answer answer) {
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
