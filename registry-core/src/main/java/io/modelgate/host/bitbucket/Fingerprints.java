package io.modelgate.host.bitbucket;

import io.modelgate.host.Accounts;
import io.modelgate.host.Changes;
import io.modelgate.manifest.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells by a short digest of each open pull request which of them are other than they were, or are open no more. The host's
 * clock and the order of its list count for nothing, and the list is one request whatever is open.
 */
final class Fingerprints {
    private static final int LENGTH = 12;

    private final SortedMap<Integer, String> now = new TreeMap<>();

    Fingerprints(List<Pull> open, Accounts accounts) {
        open.forEach(pull -> now.put(pull.number(), print(pull, accounts)));
    }

    /** Those that changed since; all when there is no cursor. */
    Changes since(String cursor) {
        SortedMap<Integer, String> before = parse(cursor);
        SortedMap<Integer, String> all = new TreeMap<>(before);
        all.putAll(now);
        List<Integer> changed = new ArrayList<>();
        all.keySet().stream()
                .filter(number -> !Optional.ofNullable(before.get(number)).equals(Optional.ofNullable(now.get(number))))
                .forEach(changed::add);
        return new Changes(
                changed,
                now.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .collect(Collectors.joining(",", "open:", "")));
    }

    private static SortedMap<Integer, String> parse(String cursor) {
        SortedMap<Integer, String> prints = new TreeMap<>();
        for (String entry : cursor.replaceFirst("^open:", "").split(",", -1)) {
            if (entry.matches("[0-9]{1,9}:[0-9a-f]{" + LENGTH + "}")) {
                int colon = entry.indexOf(':');
                prints.put(Integer.parseInt(entry.substring(0, colon)), entry.substring(colon + 1));
            }
        }
        return prints;
    }

    private static String print(Pull pull, Accounts accounts) {
        StringBuilder text = new StringBuilder();
        text.append(pull.head()).append(' ').append(pull.version()).append(' ').append(pull.isDraft());
        text.append(' ').append(pull.text(accounts));
        pull.participants()
                .forEach(each -> text.append('\n')
                        .append(each.integer("user.id"))
                        .append(each.text("status"))
                        .append(each.text("lastReviewedCommit")));
        return Digest.of(text.toString()).hex().substring(0, LENGTH);
    }
}
