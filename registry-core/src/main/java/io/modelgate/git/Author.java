package io.modelgate.git;

/**
 * Who a commit says made it: words only, proof of nothing.
 *
 * @param name display name
 * @param email address
 */
public record Author(String name, String email) {
    public Author {
        if (name.isBlank() || hasBracketOrControl(name) || hasBracketOrControl(email)) {
            throw new IllegalArgumentException(
                    "an author needs a name and an address without < > and control characters");
        }
    }

    private static boolean hasBracketOrControl(String text) {
        return text.chars().anyMatch(c -> c == '<' || c == '>' || c < ' ');
    }
}
