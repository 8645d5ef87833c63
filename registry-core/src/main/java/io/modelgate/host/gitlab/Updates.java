package io.modelgate.host.gitlab;

import io.modelgate.host.Changes;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Finds the merge requests that were touched since: one request when nothing was. What was touched in the last seconds before a
 * question is told again at the next, since the answer's date has whole seconds.
 */
final class Updates {
    private static final Duration SAFE = Duration.ofSeconds(3);
    private static final int MOST = 10_000;

    private final HostClient client;
    private final String ours;
    private final String all;

    /**
     * Each is path and query of a list, without a state.
     *
     * @param ours those of the target branch
     * @param all those of any: what was retargeted is no longer among ours
     */
    Updates(HostClient client, String ours, String all) {
        this.client = client;
        this.ours = ours;
        this.all = all;
    }

    /** Those touched since a cursor; all that are open without one. */
    Changes since(String cursor) {
        String requests = cursor.isEmpty()
                ? ours + "&state=opened&sort=asc"
                : all + "&state=all&order_by=updated_at&sort=asc&updated_after=" + HostClient.encode(cursor);
        Answer first = client.require(client.ask("GET", requests, ""), requests);
        boolean whole = first.headers().allValues("link").stream().noneMatch(link -> link.contains("rel=\"next\""));
        List<Json> found = whole ? first.json().elements().toList() : client.all(requests, MOST);
        return new Changes(
                found.stream().map(json -> new Request(json).number()).toList(), now(first));
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
