package io.modelgate.host.bitbucket;

import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists as Bitbucket Data Center gives them: in pages, each of which says where the next one starts. */
final class Pages {
    private static final int MOST = 10_000;
    private static final int PAGE = 100;

    private final HostClient client;

    Pages(HostClient client) {
        this.client = client;
    }

    /** All elements of a list, at most 10,000. */
    List<Json> all(String path) {
        return all(path, PAGE);
    }

    /** All elements of a list, at most 10,000, so many at a time if the host allows. */
    List<Json> all(String path, int limit) {
        List<Json> elements = new ArrayList<>();
        follow(path, limit, client.require(first(path, limit), path), elements);
        return elements;
    }

    /** All elements of a list; empty where this user may not see it, or nothing is there. */
    Optional<List<Json>> visible(String path, int limit) {
        Answer answer = first(path, limit);
        if (answer.status() == 401 || answer.status() == 403 || answer.status() == 404) {
            return Optional.empty();
        }
        List<Json> elements = new ArrayList<>();
        follow(path, limit, client.require(answer, path), elements);
        return Optional.of(elements);
    }

    private Answer first(String path, int limit) {
        return client.ask("GET", page(path, limit, 0), "");
    }

    private void follow(String path, int limit, Answer first, List<Json> elements) {
        Json page = first.json();
        long start = 0;
        while (true) {
            page.at("values").listed().limit((long) MOST - elements.size()).forEach(elements::add);
            long from = start;
            Optional<Long> next = page.integer("nextPageStart").filter(number -> number > from);
            if (page.isTrue("isLastPage") || next.isEmpty() || elements.size() >= MOST) {
                return;
            }
            start = next.get();
            page = client.get(page(path, limit, start));
        }
    }

    private static String page(String path, int limit, long start) {
        return path + (path.contains("?") ? "&" : "?") + "limit=" + limit + "&start=" + start;
    }
}
