package io.modelgate.host.http;

import io.modelgate.finding.Text;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Git host answered.
 *
 * @param status the HTTP status
 * @param headers its headers
 * @param json its body
 */
public record Answer(int status, HttpHeaders headers, Json json) {
    private static final Pattern NEXT = Pattern.compile("<([^>]{1,4000})>\\s*;[^,]*rel=\"?next\"?");
    private static final int LONGEST_WORDS = 300;

    /** Reads an answer; a body that is not JSON counts as none, unless the answer is a success. */
    static Answer of(int status, HttpHeaders headers, byte[] body) {
        try {
            return new Answer(status, headers, Json.parse(body));
        } catch (IllegalArgumentException e) {
            if (status < 300) {
                throw e;
            }
            return new Answer(status, headers, Json.parse("".getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Whether it did what was asked. */
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The address of the next page of a list (RFC 8288). */
    Optional<String> next() {
        return headers.allValues("link").stream()
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(1))
                .findFirst();
    }

    /** Whether it is a page of a list, and not the last. */
    public boolean hasNext() {
        return next().isPresent();
    }

    /** What the host says in words, one line of at most 300 characters: {@code message}, {@code error} or the first of {@code errors}. */
    public String words() {
        String said = json.text("message")
                .or(() -> json.text("error.message"))
                .or(() -> json.text("error_description"))
                .or(() -> json.text("error"))
                .or(() -> json.elements("errors")
                        .flatMap(each -> each.text("message").stream())
                        .findFirst())
                .or(() -> json.at("message").isEmpty()
                        ? Optional.empty()
                        : Optional.of(json.at("message").toString()))
                .orElse("");
        String line = Text.said(said, LONGEST_WORDS);
        return line.isEmpty() ? "no reason was given" : line;
    }

    /** A header with a number. */
    OptionalLong number(String header) {
        return headers.firstValue(header)
                .filter(text -> text.matches("[0-9]{1,15}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElseGet(OptionalLong::empty);
    }
}
