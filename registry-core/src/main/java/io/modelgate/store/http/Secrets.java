package io.modelgate.store.http;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Text;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was sent to a server that nobody else may read. A careless or hostile server says it back in its words, and those are shown
 * in logs and on proposals: whatever eight characters of it appear there are taken out, also as Base64 or in the form of URLs.
 */
public final class Secrets {
    /** Nothing was sent. */
    public static final Secrets NONE = new Secrets(List.of());

    private static final int PIECE = 8;
    private static final int SHORTEST = 3;
    /** Words are read beyond what is shown, so that none is cut in the midst of a secret. */
    private static final int BEYOND = 4;

    private static final Pattern SIGNED = Pattern.compile("(?:Credential=([^/,\\s]+)|Signature=([0-9a-f]+))");

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = List.copyOf(values);
    }

    /** Those headers of a request that let somebody in. */
    public static Secrets ofHeaders(Map<String, List<String>> headers) {
        Secrets secrets = NONE;
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                if (header.getKey().equalsIgnoreCase("Authorization")) {
                    secrets = secrets.andAuthorization(value);
                } else if (header.getKey().equalsIgnoreCase("x-amz-security-token")) {
                    secrets = secrets.and(Stream.of(value));
                }
            }
        }
        return secrets;
    }

    /** These, too. */
    public Secrets and(Stream<String> more) {
        return new Secrets(Stream.concat(values.stream(), more).distinct().toList());
    }

    /** These, too. */
    public Secrets and(Secrets more) {
        return and(more.values.stream());
    }

    /** What is looked for. Made when a server says something, which few answers do: a long token has thousands. */
    private Set<String> pieces() {
        Set<String> all = new TreeSet<>();
        values.stream()
                .flatMap(Secrets::forms)
                .map(each -> each.toLowerCase(Locale.ROOT))
                .forEach(each -> {
                    if (each.length() >= SHORTEST && each.length() <= PIECE) {
                        all.add(each);
                    }
                    for (int at = 0; at + PIECE <= each.length() && each.length() > PIECE; at++) {
                        all.add(each.substring(at, at + PIECE));
                    }
                });
        return all;
    }

    /** The value of the header {@code Authorization}, too: token, user and password, or access key and signature. */
    public Secrets andAuthorization(String value) {
        int blank = value.indexOf(' ');
        String shown = value.substring(blank + 1).strip();
        if (value.startsWith("AWS4-")) {
            Matcher signed = SIGNED.matcher(value);
            return and(signed.results()
                    .flatMap(each -> Stream.of(each.group(1), each.group(2)))
                    .flatMap(Stream::ofNullable));
        }
        Optional<String> pair = value.regionMatches(true, 0, "Basic ", 0, 6) ? decoded(shown) : Optional.empty();
        return and(Stream.concat(
                Stream.of(shown),
                pair.stream().flatMap(each -> Stream.of(each, each.substring(each.indexOf(':') + 1)))));
    }

    /** What stands behind the question mark of an address, too: it may be signed. */
    public Secrets andQuery(URI uri) {
        if (uri.getRawQuery() == null) {
            return this;
        }
        return and(Stream.of(uri.getRawQuery().split("&", -1))
                .map(each -> each.substring(each.indexOf('=') + 1))
                .filter(each -> each.length() >= PIECE)
                .flatMap(each -> Stream.of(each, unescaped(each))));
    }

    private static Stream<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A server's words without what was sent to it. */
    public String hide(String words) {
        if (values.isEmpty()) {
            return words;
        }
        String low = words.toLowerCase(Locale.ROOT);
        if (low.length() != words.length()) {
            return hide(low); // Letters of which the small form is longer.
        }
        BitSet hidden = new BitSet();
        for (String piece : pieces()) {
            for (int at = low.indexOf(piece); at >= 0; at = low.indexOf(piece, at + 1)) {
                hidden.set(at, at + piece.length());
            }
        }
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < words.length(); at++) {
            if (!hidden.get(at)) {
                shown.append(words.charAt(at));
            } else if (at == 0 || !hidden.get(at - 1)) {
                shown.append('…');
            }
        }
        return shown.toString();
    }

    /** Trouble without what was sent: a host or an address may have it in it. Where its causes have it, they are left out. */
    RegistryException hide(RegistryException trouble) {
        return areIn(trouble)
                ? new RegistryException(trouble.kind(), hide(String.valueOf(trouble.getMessage())), trouble.remedy())
                : trouble;
    }

    /** The same for trouble that may pass. */
    IOException hide(IOException trouble) {
        return areIn(trouble) ? new IOException(hide(String.valueOf(trouble.getMessage()))) : trouble;
    }

    private boolean areIn(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            String words = String.valueOf(cause.getMessage());
            if (!hide(words).equals(words) || Stream.of(cause.getSuppressed()).anyMatch(this::areIn)) {
                return true;
            }
        }
        return false;
    }

    /** The same as part of a message; see {@link Text#said}. */
    String said(String words, int most) {
        return Text.excerpt(hide(Text.said(words, most * BEYOND)), most);
    }

    @Override
    public String toString() {
        return "secrets";
    }
}
