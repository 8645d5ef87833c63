package io.modelgate.host.gitea;

import io.modelgate.host.Changes;
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

/**
 * Finds the pull requests that were touched since, the newest first: one request when nothing was. The host's clock has whole
 * seconds, so what was touched in the last seconds before a question is told again at the next.
 */
final class Updates {
    private static final Duration SAFE = Duration.ofSeconds(3);
    private static final int MOST = 10_000;
    private static final int PAGE = 50;

    private final HostClient client;
    private final String pulls;

    /** @param pulls path and query of the list, without a state */
    Updates(HostClient client, String pulls) {
        this.client = client;
        this.pulls = pulls;
    }

    /** All that are open. */
    Changes open() {
        String cursor = now(client.require(page("open", "oldest", 1), pulls));
        return new Changes(
                client.all(pulls + "&limit=" + PAGE + "&state=open&sort=oldest", MOST).stream()
                        .map(json -> new Pull(json).number())
                        .toList(),
                cursor);
    }

    /** Those touched since. */
    Changes since(Instant since) {
        List<Integer> numbers = new ArrayList<>();
        String cursor = "";
        for (int page = 1; page <= MOST / PAGE; page++) {
            Answer answer = client.require(page("all", "recentupdate", page), pulls);
            cursor = cursor.isEmpty() ? now(answer) : cursor;
            List<Json> found = answer.json().elements().toList();
            for (Json json : found) {
                if (touched(json).filter(at -> at.isBefore(since)).isPresent()) {
                    return new Changes(numbers, cursor);
                }
                numbers.add(new Pull(json).number());
            }
            if (found.size() < PAGE) {
                break;
            }
        }
        return new Changes(numbers, cursor);
    }

    private Answer page(String state, String sort, int page) {
        return client.ask("GET", pulls + "&limit=" + PAGE + "&state=" + state + "&sort=" + sort + "&page=" + page, "");
    }

    private static Optional<Instant> touched(Json json) {
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
