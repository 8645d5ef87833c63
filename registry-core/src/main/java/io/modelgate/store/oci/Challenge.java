package io.modelgate.store.oci;

import io.modelgate.store.http.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry wants to see ({@code WWW-Authenticate}, RFC 9110, 11.6.1).
 *
 * @param scheme {@code bearer} or {@code basic}
 * @param fields such as {@code realm} and {@code service}
 */
record Challenge(String scheme, Map<String, String> fields) {
    private static final int LONGEST = 8_000;
    private static final Pattern PART = Pattern.compile(
            "([A-Za-z0-9_-]{1,40})\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.){0,4000}+)\"|([^\\s,\"]{1,4000}))|([A-Za-z]{1,20})(?=\\s|$)");

    Challenge {
        fields = Map.copyOf(fields);
    }

    /** The one that a client of registries prefers: {@code Bearer}, else {@code Basic}. */
    static Optional<Challenge> of(Reply reply) {
        List<String> headers = reply.headers().allValues("www-authenticate");
        Optional<Challenge> bearer =
                headers.stream().flatMap(each -> in(each, "bearer").stream()).findFirst();
        return bearer.or(() ->
                headers.stream().flatMap(each -> in(each, "basic").stream()).findFirst());
    }

    private static Optional<Challenge> in(String header, String scheme) {
        Matcher matcher = PART.matcher(header.substring(0, Math.min(LONGEST, header.length())));
        Map<String, String> fields = new HashMap<>();
        boolean within = false;
        boolean found = false;
        while (matcher.find()) {
            if (matcher.group(4) != null) {
                within = matcher.group(4).toLowerCase(Locale.ROOT).equals(scheme);
                found |= within;
            } else if (within) {
                String quoted = matcher.group(2);
                fields.putIfAbsent(
                        matcher.group(1).toLowerCase(Locale.ROOT),
                        quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
            }
        }
        return found ? Optional.of(new Challenge(scheme, fields)) : Optional.empty();
    }
}
