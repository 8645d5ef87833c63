package io.modelgate.host;

import io.modelgate.manifest.UserId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the refs in which the local host keeps what it knows. */
final class LocalRefs {
    static final String KIND = "local";
    static final String HEADS = "refs/heads/";
    static final String TAGS = "refs/tags/";
    static final String ALL = "refs/modelgate/";
    static final String OPEN = ALL + "proposals/";
    static final String CLOSED = ALL + "closed/";
    static final String REVIEWS = ALL + "reviews/";
    static final String COMMENTS = ALL + "comments/";
    static final String STATUS = ALL + "status/";
    static final int HIGHEST_NUMBER = 999_999_999;

    private static final Pattern NUMBERED = Pattern.compile("refs/modelgate/[a-z]+/([1-9][0-9]{0,8})(?:/([^/]+))?");

    private LocalRefs() {}

    /** An open proposal. */
    static String open(int number) {
        return OPEN + number;
    }

    /** A proposal that was merged or closed. */
    static String closed(int number) {
        return CLOSED + number;
    }

    /** All reviews of a proposal. */
    static String reviews(int number) {
        return REVIEWS + number + "/";
    }

    /** What one person said of a proposal. */
    static String review(int number, UserId user) {
        return reviews(number) + user;
    }

    /** All comments on a proposal. */
    static String comments(int number) {
        return COMMENTS + number + "/";
    }

    /** What one person's gate wrote about a proposal. */
    static String comment(int number, UserId user) {
        return comments(number) + user;
    }

    /** What gates said of the head of a proposal. */
    static String statuses(int number) {
        return STATUS + number + "/";
    }

    /** What one person's gate said of the head of a proposal. */
    static String status(int number, UserId user) {
        return statuses(number) + user;
    }

    /** The number of the proposal that a ref is about. */
    static OptionalInt number(String ref) {
        Matcher matcher = NUMBERED.matcher(ref);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** The user at the end of a ref. */
    static Optional<String> user(String ref) {
        Matcher matcher = NUMBERED.matcher(ref);
        return matcher.matches() ? Optional.ofNullable(matcher.group(2)) : Optional.empty();
    }
}
