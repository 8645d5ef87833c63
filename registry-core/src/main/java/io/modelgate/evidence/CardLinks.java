package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.FindingList;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks where the links and pictures of a card lead: to the web, or to a heading of the card. */
final class CardLinks {
    private static final Pattern WEB = Pattern.compile("https?://[^/].*", Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,30}:.*", Pattern.DOTALL);

    private final FindingList findings;

    CardLinks(FindingList findings) {
        this.findings = findings;
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
