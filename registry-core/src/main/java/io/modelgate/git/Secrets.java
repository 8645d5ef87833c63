package io.modelgate.git;

import java.util.regex.Pattern;

/** Takes out of text what must not be shown: whatever stands before the host of a URL. */
final class Secrets {
    private static final Pattern USER_IN_URL = Pattern.compile("(?i)\\b(https?)://[^/@\\s'\"]+@");

    private Secrets() {}

    static String hide(String text) {
        return USER_IN_URL.matcher(text).replaceAll("$1://");
    }
}
