package io.modelgate.host.bitbucket.cloud;

import io.modelgate.host.Changes;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells which pull requests anything happened to, by the newest page of the repository's activities: one request whatever is
 * open. An entry that is gone tells of a word that was taken back. Where nothing of the last page is left, all are told.
 */
final class News {
    private static final int LENGTH = 12;

    private final HostClient client;
    private final String pulls;

    /** @param pulls the path of the pull requests in the API */
    News(HostClient client, String pulls) {
        this.client = client;
        this.pulls = pulls;
    }

    /** @param open the numbers of all that are open, asked for when they are needed */
    Changes since(String cursor, Supplier<List<Integer>> open) {
        Map<String, Integer> now = page();
        Map<String, Integer> before = parse(cursor);
        String next = now.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(",", "news:", ""));
        boolean connects = now.keySet().stream().anyMatch(before::containsKey);
        if (cursor.isEmpty() || (!connects && !(now.isEmpty() && before.isEmpty()))) {
            Set<Integer> all = new TreeSet<>(open.get());
            all.addAll(now.values());
            all.addAll(before.values());
            return new Changes(cursor.isEmpty() ? open.get() : new ArrayList<>(all), next);
        }
        Set<Integer> changed = new TreeSet<>();
        now.forEach((entry, number) -> {
            if (!before.containsKey(entry)) {
                changed.add(number);
            }
        });
        before.forEach((entry, number) -> {
            if (!now.containsKey(entry)) {
                changed.add(number);
            }
        });
        return new Changes(new ArrayList<>(changed), next);
    }

    private Map<String, Integer> page() {
        Map<String, Integer> entries = new LinkedHashMap<>();
        client.get(pulls + "/activity?pagelen=50")
                .elements("values")
                .forEach(entry -> entry.integer("pull_request.id")
                        .ifPresent(number -> entries.put(print(entry), Math.toIntExact(number))));
        return entries;
    }

    private static String print(Json entry) {
        return Digest.of(entry.toString()).hex().substring(0, LENGTH);
    }

    private static Map<String, Integer> parse(String cursor) {
        Map<String, Integer> entries = new LinkedHashMap<>();
        for (String entry : cursor.replaceFirst("^news:", "").split(",", -1)) {
            if (entry.matches("[0-9a-f]{" + LENGTH + "}:[0-9]{1,9}")) {
                entries.put(entry.substring(0, LENGTH), Integer.parseInt(entry.substring(LENGTH + 1)));
            }
        }
        return entries;
    }
}
