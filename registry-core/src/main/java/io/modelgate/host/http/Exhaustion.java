package io.modelgate.host.http;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Whether a rate limit is spent: by the status, or by the headers that hosts send with 403. */
final class Exhaustion {
    private Exhaustion() {}

    static boolean of(Answer answer) {
        return answer.status() == 429 || (answer.status() == 403 && isSaid(answer));
    }

    private static boolean isSaid(Answer answer) {
        return answer.headers().firstValue("retry-after").isPresent()
                || first(answer, "x-ratelimit-remaining", "ratelimit-remaining").orElse(1) == 0
                || answer.words().toLowerCase(Locale.ROOT).contains("rate limit");
    }

    /** When it starts anew. */
    static Optional<Instant> reset(Answer answer) {
        OptionalLong second = first(answer, "x-ratelimit-reset", "ratelimit-reset");
        return second.isPresent() ? Optional.of(Instant.ofEpochSecond(second.getAsLong())) : Optional.empty();
    }

    private static OptionalLong first(Answer answer, String... headers) {
        return Stream.of(headers)
                .map(answer::number)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElseGet(OptionalLong::empty);
    }
}
