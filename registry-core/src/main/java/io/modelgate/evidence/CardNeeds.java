package io.modelgate.evidence;

import java.util.Set;

/**
 * What policies ask a card to have.
 *
 * @param sections titles of sections
 * @param frontMatter keys of the front matter
 */
public record CardNeeds(Set<String> sections, Set<String> frontMatter) {
    /** Nobody asks for anything. */
    public static final CardNeeds NONE = new CardNeeds(Set.of(), Set.of());

    public CardNeeds {
        sections = Set.copyOf(sections);
        frontMatter = Set.copyOf(frontMatter);
    }
}
