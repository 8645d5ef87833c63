package io.modelgate.manifest;

import java.util.regex.Pattern;

/**
 * Who somebody is on the Git host: its user id, never a display name or an e-mail address.
 *
 * @param value the id: 1 to 64 of {@code a-z A-Z 0-9 . _ -}, starting with a letter or digit, no two dots in a row, not
 *     ending in a dot or in {@code .lock} (so that it can be part of a ref name)
 */
public record UserId(String value) implements Comparable<UserId> {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.(?!\\.)){0,63}");

    public UserId {
        if (!ID.matcher(value).matches() || value.endsWith(".") || value.endsWith(".lock")) {
            throw new IllegalArgumentException("'" + value + "' is not a user id: letters, digits, '.', '_' and '-'");
        }
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
