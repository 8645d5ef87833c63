package io.modelgate.manifest;

import java.util.regex.Pattern;

/**
 * A team or group of the Git host, whose members have a role.
 *
 * @param path as the host writes it: {@code organisation/team}, on GitLab any number of groups, on Bitbucket the group alone
 */
public record Team(String path) implements Comparable<Team> {
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,99}(?:/[A-Za-z0-9][A-Za-z0-9._ -]{0,99}){0,9}");

    public Team {
        if (!PATH.matcher(path).matches() || path.contains("..")) {
            throw new IllegalArgumentException("'" + path + "' is no team: write organisation/team");
        }
    }

    /** What stands before the last slash; empty when there is none. */
    public String parent() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** What stands after the last slash. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(Team other) {
        return path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path;
    }
}
