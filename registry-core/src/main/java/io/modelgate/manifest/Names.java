package io.modelgate.manifest;

import java.util.regex.Pattern;

/** The one pattern for names of namespaces, models, stages, policies and the like. */
final class Names {
    static final String RULE =
            "lower-case letters, digits and inner hyphens, at most 63 characters, starting and ending with a letter or digit";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Names() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The text itself; throws {@link IllegalArgumentException} when it is not a name. */
    static String require(String what, String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException(what + " '" + text + "' is not a name: " + RULE);
        }
        return text;
    }
}
