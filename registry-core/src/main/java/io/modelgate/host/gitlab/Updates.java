package io.modelgate.host.gitlab;

import io.modelgate.host.Changes;
import io.modelgate.host.TouchedProposals;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.List;

/**
 * Finds the merge requests that were touched since: one request when nothing was. What was touched in the last seconds before a
 * question is told again at the next, since the answer's date has whole seconds.
 */
final class Updates {
    private static final int MOST = 10_000;

    private final HostClient client;
    private final String requests;

    /** @param requests path and query of the list, without a state */
    Updates(HostClient client, String requests) {
        this.client = client;
        this.requests = requests;
    }

    /** Those touched since a cursor; all that are open without one. */
    Changes since(String cursor) {
        String query = cursor.isEmpty()
                ? "&state=opened&sort=asc"
                : "&state=all&order_by=updated_at&sort=asc&updated_after=" + HostClient.encode(cursor);
        Answer first = client.require(client.ask("GET", requests + query, ""), requests);
        boolean whole = first.headers().allValues("link").stream().noneMatch(link -> link.contains("rel=\"next\""));
        List<Json> found = whole ? first.json().elements().toList() : client.all(requests + query, MOST);
        return new Changes(
                found.stream().map(json -> new Request(json).number()).toList(), TouchedProposals.now(first));
    }
}
