package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.FindingList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks HTML in a card: elements and attributes that could hide text or run something are findings. */
final class CardHtml {
    private static final Set<String> ELEMENTS = Set.of(
            "a",
            "abbr",
            "b",
            "blockquote",
            "br",
            "caption",
            "center",
            "cite",
            "code",
            "dd",
            "del",
            "details",
            "div",
            "dl",
            "dt",
            "em",
            "figcaption",
            "figure",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "i",
            "img",
            "ins",
            "kbd",
            "li",
            "mark",
            "ol",
            "p",
            "pre",
            "q",
            "s",
            "samp",
            "small",
            "span",
            "strong",
            "sub",
            "summary",
            "sup",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "u",
            "ul",
            "var");
    private static final Set<String> ATTRIBUTES = Set.of(
            "align", "alt", "border", "colspan", "height", "href", "id", "name", "open", "rowspan", "src", "start",
            "title", "valign", "width");
    private static final Pattern NAME = Pattern.compile("</?([A-Za-z][A-Za-z0-9-]*+)");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("[\\s/]*+([^\\s/>=\"'<]++)(?:\\s*+=\\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\\s\"'=<>`]++)))?+");
    /** A picture of at most one pixel. */
    private static final Pattern NOTHING = Pattern.compile("\\s*+[+-]?0*+(?:1?(?:\\.[0-9]*+)?)(?:\\s*+(?:px|%))?\\s*+");

    private static final String COMMENT = "<!--";
    private static final Pattern END_OF_COMMENT = Pattern.compile("--!?>");

    private final FindingList findings;
    private final CardLinks links;
    /** The elements around here that fold text away: whether each is closed at first. */
    private final Deque<Boolean> folds = new ArrayDeque<>();

    private boolean commented;

    CardHtml(FindingList findings, CardLinks links) {
        this.findings = findings;
        this.links = links;
    }

    /** Whether what follows the HTML that was checked is hidden until the reader opens it. */
    boolean isFolded() {
        return folds.contains(true);
    }

    /** The same lines without what stands in comments. */
    static String withoutComments(String html) {
        StringBuilder kept = new StringBuilder();
        int from = 0;
        int at = html.indexOf(COMMENT);
        while (at >= 0) {
            kept.append(html, from, at);
            from = endOfComment(html, at);
            html.substring(at, from).chars().filter(each -> each == '\n').forEach(each -> kept.append('\n'));
            at = html.indexOf(COMMENT, from);
        }
        return kept.append(html, from, html.length()).toString();
    }

    /** Checks the tags of a piece of HTML; {@code places} gives the place of a line of it, counted from 0. */
    void check(String html, IntFunction<Place> places) {
        int line = 0;
        int counted = 0;
        int at = html.indexOf('<');
        while (at >= 0) {
            for (; counted < at; counted++) {
                line += html.charAt(counted) == '\n' ? 1 : 0;
            }
            int end = html.startsWith(COMMENT, at)
                    ? comment(html, at, places.apply(line))
                    : tag(html, at, places.apply(line));
            at = html.indexOf('<', end);
        }
    }

    /** Where a comment ends for a browser: {@code <!-->} is a whole one, and {@code --!>} ends one too. */
    private static int endOfComment(String html, int at) {
        Matcher end = END_OF_COMMENT.matcher(html);
        return end.find(at + 2) ? end.end() : html.length();
    }

    private int comment(String html, int at, Place place) {
        int end = endOfComment(html, at);
        String text = html.substring(at, end).replaceAll("[<!>-]", "");
        if (!commented && !text.isBlank()) {
            commented = true;
            findings.warn(
                    "card/comment",
                    place,
                    "an HTML comment; readers of the card do not see it",
                    "Delete it, or say it aloud.");
        }
        return end;
    }

    private int tag(String html, int at, Place place) {
        Matcher name = NAME.matcher(html).region(at, html.length());
        if (!name.lookingAt()) {
            boolean markup = html.startsWith("<!", at) || html.startsWith("<?", at);
            if (markup) {
                refuse("markup such as <! or <?", place);
            }
            return at + 1;
        }
        String element = name.group(1).toLowerCase(Locale.ROOT);
        if (!ELEMENTS.contains(element)) {
            refuse("the HTML element <" + element + ">", place);
        }
        int end = name.end();
        boolean open = false;
        Matcher attribute = ATTRIBUTE.matcher(html).region(end, html.length());
        while (attribute.lookingAt()) {
            attribute(element, attribute, place);
            open |= attribute.group(1).equalsIgnoreCase("open");
            end = attribute.end();
            attribute.region(end, html.length());
        }
        if (element.equals("details")) {
            fold(html.charAt(at + 1) != '/', open);
        }
        return end;
    }

    private void fold(boolean starts, boolean open) {
        if (starts) {
            folds.push(!open);
        } else if (!folds.isEmpty()) {
            folds.pop();
        }
    }

    private void attribute(String element, Matcher attribute, Place place) {
        String name = attribute.group(1).toLowerCase(Locale.ROOT);
        if (!ATTRIBUTES.contains(name)) {
            refuse("the HTML attribute " + name, place);
        }
        for (int i = 2; i <= attribute.groupCount(); i++) {
            String value = attribute.group(i);
            if (value != null) {
                value(element, name, value, place);
            }
        }
    }

    private void value(String element, String name, String value, Place place) {
        switch (name) {
            case "href", "src" -> links.check(value, place);
            case "title" -> links.title(value, place);
            case "width", "height" -> {
                if (element.equals("img")
                        && !value.isBlank()
                        && NOTHING.matcher(value).matches()) {
                    findings.add(
                            "card/html",
                            place,
                            "an image of " + name + " " + value.strip()
                                    + " is not seen, and can watch who reads the card",
                            "Show it, or delete it.");
                }
            }
            default -> {}
        }
    }

    private void refuse(String what, Place place) {
        findings.add("card/html", place, what + " can hide text or run something", "Write it in Markdown.");
    }
}
