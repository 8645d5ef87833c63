package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.FindingList;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks where the links and pictures of a card lead, to the web or to a heading of the card, and what they say unseen. */
final class CardLinks {
    private static final Pattern WEB = Pattern.compile("https?://[^/].*", Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,30}:.*", Pattern.DOTALL);

    /** A caption of a picture, or a term written out, is shorter. */
    private static final int LONGEST_TITLE = 40;

    private final FindingList findings;

    CardLinks(FindingList findings) {
        this.findings = findings;
    }

    /** Checks a title, which shows only while the mouse stands on its link. */
    void title(@Nullable String title, Place place) {
        if (title != null && title.strip().length() > LONGEST_TITLE) {
            findings.warn(
                    "card/title",
                    place,
                    "a title of " + title.strip().length()
                            + " characters, more than a caption; most readers of the card" + " do not see it",
                    "Say it aloud in the text, or shorten it to " + LONGEST_TITLE + " characters.");
        }
    }

    void check(String address, Place place) {
        // Browsers ignore control characters and spaces that stand before or inside a scheme.
        String plain = address.replaceAll("[\\p{Cntrl}\\s]", "").toLowerCase(Locale.ROOT);
        if (plain.startsWith("#") || WEB.matcher(plain).matches()) {
            return;
        }
        if (plain.startsWith("mailto:") || !SCHEME.matcher(plain).matches()) {
            findings.warn(
                    "card/link",
                    place,
                    "the link to '" + address + "' leads to no web page",
                    "Use an https:// address, or #heading for a place in the card.");
        } else {
            findings.add(
                    "card/link",
                    place,
                    "the link to '" + address + "' is neither http nor https",
                    "Use an https:// address.");
        }
    }
}
