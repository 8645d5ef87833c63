package io.modelgate.host;

/**
 * What a proposal says of itself.
 *
 * @param title one line
 * @param description Markdown; may be empty
 * @param source name of what it came from, such as {@code promote/prod/credit/default-risk}
 * @param isDraft whether its author is not done with it
 */
public record ProposalText(String title, String description, String source, boolean isDraft) {
    private static final int LONGEST_TITLE = 500;
    private static final int LONGEST_DESCRIPTION = 60_000;
    private static final int LONGEST_SOURCE = 1_000;

    /** What a host has, where a title may be of any length, made to fit: control characters are blanks, the rest is cut. */
    public static ProposalText fitting(String title, String description, String source) {
        String line = title.replaceAll("[\\p{Cntrl}]+", " ").strip();
        return new ProposalText(
                line.isEmpty() ? "(no title)" : cut(line, LONGEST_TITLE),
                cut(description, LONGEST_DESCRIPTION),
                cut(source, LONGEST_SOURCE));
    }

    /** The text of what is ready to be judged. */
    public ProposalText(String title, String description, String source) {
        this(title, description, source, false);
    }

    /** The same, as a draft or not. */
    public ProposalText asDraft(boolean draft) {
        return new ProposalText(title, description, source, draft);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 2) + " …";
    }

    public ProposalText {
        if (title.isBlank() || title.length() > LONGEST_TITLE || title.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("a title is one line of 1 to " + LONGEST_TITLE + " characters");
        }
        if (description.length() > LONGEST_DESCRIPTION || source.length() > LONGEST_SOURCE) {
            throw new IllegalArgumentException("a description has at most " + LONGEST_DESCRIPTION + " characters");
        }
    }
}
