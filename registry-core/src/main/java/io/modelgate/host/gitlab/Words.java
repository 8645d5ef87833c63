package io.modelgate.host.gitlab;

import java.util.regex.Pattern;

/**
 * Text for the host to show and not to obey: GitLab takes a line that starts with a slash and a word as an order by whoever wrote
 * it ({@code /approve}, {@code /merge}; Quick actions), and a report holds the words of whoever made the proposal.
 */
final class Words {
    private static final Pattern ORDER = Pattern.compile("(?m)^(\\s*)/(?=\\p{Alpha})");

    private Words() {}

    /** The same text, whose slashes at the start of a line are escaped as Markdown has it. */
    static String harmless(String text) {
        return ORDER.matcher(text).replaceAll("$1\\\\/");
    }
}
