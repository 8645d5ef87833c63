package io.modelgate.host;

import java.util.regex.Pattern;

/**
 * Markdown for a host that shows HTML as text. A hidden remark becomes the definition of a link that nothing refers to, which
 * nobody sees either; what could be unfolded is shown.
 */
public final class PlainMarkdown {
    private static final Pattern REMARK = Pattern.compile("<!--\\s*([^<>()\\[\\]\\\\\\r\\n]{1,200}?)\\s*-->\\n?");
    private static final Pattern SUMMARY = Pattern.compile("<details>\\s*<summary>([^<\\n]{0,500})</summary>\\n?");
    private static final Pattern END = Pattern.compile("</details>\\n?");

    private PlainMarkdown() {}

    /** The text without remarks and foldings; the same as it was when it has none. */
    public static String of(String markdown) {
        String text = REMARK.matcher(markdown).replaceAll("[//]: # ($1)\n\n");
        text = SUMMARY.matcher(text).replaceAll("**$1**\n");
        return END.matcher(text).replaceAll("");
    }
}
