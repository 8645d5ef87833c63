package io.modelgate.host;

import io.modelgate.manifest.UserId;
import java.util.OptionalInt;

/** The names of the refs in which the local host keeps what it knows. */
final class LocalRefs {
    static final String ALL = "refs/modelgate/";
    static final String OPEN = ALL + "proposals/";
    static final String CLOSED = ALL + "closed/";
    private static final String REVIEWS = ALL + "reviews/";
    private static final String COMMENTS = ALL + "comments/";
    private static final String STATUS = ALL + "status/";

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

    /** What one person's gate wrote about a proposal. */
    static String comment(int number, UserId user) {
        return COMMENTS + number + "/" + user;
    }

    /** What one person's gate said of a commit. */
    static String status(String commit, UserId user) {
        return STATUS + commit + "/" + user;
    }

    /** The number at the end of the ref of a proposal. */
    static OptionalInt number(String ref) {
        String last = ref.substring(ref.lastIndexOf('/') + 1);
        return last.matches("[1-9][0-9]{0,8}") ? OptionalInt.of(Integer.parseInt(last)) : OptionalInt.empty();
    }
}
