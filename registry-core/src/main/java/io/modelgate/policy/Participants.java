package io.modelgate.policy;

import io.modelgate.manifest.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who made a proposal: none of them can approve it.
 *
 * @param author who opened it
 * @param contributors who committed or pushed to it
 * @param lastPusher who pushed its present head
 */
public record Participants(UserId author, Set<UserId> contributors, Optional<UserId> lastPusher) {
    public Participants {
        contributors = java.util.Collections.unmodifiableSet(new TreeSet<>(contributors));
    }

    /** Whether this user opened it. */
    public boolean isAuthor(UserId user) {
        return isSame(author, user);
    }

    /** Whether this user had a hand in it. Upper and lower case count as the same: on some hosts they are. */
    public boolean include(UserId user) {
        return isSame(author, user)
                || contributors.stream().anyMatch(each -> isSame(each, user))
                || lastPusher.filter(each -> isSame(each, user)).isPresent();
    }

    private static boolean isSame(UserId one, UserId other) {
        return one.value().equalsIgnoreCase(other.value());
    }
}
