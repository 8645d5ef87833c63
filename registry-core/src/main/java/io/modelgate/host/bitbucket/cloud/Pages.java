package io.modelgate.host.bitbucket.cloud;

import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists as Bitbucket Cloud gives them: in pages, each of which has the address of the next one in its body. */
final class Pages {
    private static final int MOST = 10_000;

    private final HostClient client;

    Pages(HostClient client) {
        this.client = client;
    }

    /** All elements of a list, at most 10,000. */
    List<Json> all(String path) {
        return follow(path, client.require(client.ask("GET", path, ""), path));
    }

    /** All elements of a list; empty where this user may not see it, or nothing is there. */
    Optional<List<Json>> visible(String path) {
        Answer answer = client.ask("GET", path, "");
        return answer.status() == 401 || answer.status() == 403 || answer.status() == 404
                ? Optional.empty()
                : Optional.of(follow(path, client.require(answer, path)));
    }

    private List<Json> follow(String path, Answer first) {
        List<Json> elements = new ArrayList<>();
        Json page = first.json();
        while (true) {
            page.at("values").listed().limit((long) MOST - elements.size()).forEach(elements::add);
            Optional<String> next = page.text("next").filter(link -> link.contains("?"));
            if (next.isEmpty() || elements.size() >= MOST) {
                return elements;
            }
            // The query alone: no answer leads to another place.
            page = client.get(path.replaceAll("\\?.*$", "")
                    + next.get().substring(next.get().indexOf('?')));
        }
    }
}
