package io.modelgate.policy;

import io.modelgate.manifest.UserId;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who made a proposal: none of them can approve it.
 *
 * @param author who opened it
 * @param contributors who committed or pushed to it
 * @param lastPusher who pushed its present head
 * @param requesters on whose behalf its commits say that they were made, such as whoever started a build
 */
public record Participants(
        UserId author, Set<UserId> contributors, Optional<UserId> lastPusher, Set<UserId> requesters) {
    public Participants {
        contributors = Collections.unmodifiableSet(new TreeSet<>(contributors));
        requesters = Collections.unmodifiableSet(new TreeSet<>(requesters));
    }

    /** Those of a proposal that nobody asked a machine for. */
    public Participants(UserId author, Set<UserId> contributors, Optional<UserId> lastPusher) {
        this(author, contributors, lastPusher, Set.of());
    }

    /** Whether this user opened it. */
    public boolean isAuthor(UserId user) {
        return isSame(author, user);
    }

    /** Whether it was made on behalf of this user. */
    public boolean isRequester(UserId user) {
        return requesters.stream().anyMatch(each -> isSame(each, user));
    }

    /** Whether this user had a hand in it. Upper and lower case count as the same: on some hosts they are. */
    public boolean include(UserId user) {
        return isSame(author, user)
                || isRequester(user)
                || contributors.stream().anyMatch(each -> isSame(each, user))
                || lastPusher.filter(each -> isSame(each, user)).isPresent();
    }

    private static boolean isSame(UserId one, UserId other) {
        return one.value().equalsIgnoreCase(other.value());
    }
}
