package io.jenkins.plugins.modelgate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry's location, and who Jenkins is there, which is no secret.
 *
 * @param location as it was typed
 */
record RemoteName(String location) {
    private static final Pattern URL = Pattern.compile("(https?|ssh|git\\+ssh|ssh\\+git)://([^/@]*@)?(.*)");

    /** {@code host:path}; one letter before the colon is a drive. */
    private static final Pattern SHORT = Pattern.compile("([^/@:]+@)?[^/@:]{2,}:(?!//).*");

    /** Whether it is reached over SSH. */
    boolean isSsh() {
        Matcher url = URL.matcher(location);
        return url.matches()
                ? !url.group(1).startsWith("http")
                : SHORT.matcher(location).matches();
    }

    /**
     * With a user's name, if it has none.
     *
     * @param ssh whether that is a name for SSH, or for HTTP
     */
    String of(String user, boolean ssh) {
        if (ssh != isSsh() || user.isBlank()) {
            return location;
        }
        Matcher url = URL.matcher(location);
        if (url.matches()) {
            return url.group(2) == null ? url.group(1) + "://" + encoded(user) + "@" + url.group(3) : location;
        }
        return ssh && location.indexOf('@') < 0 ? user + "@" + location : location;
    }

    /** A name may be an address of mail. */
    private static String encoded(String user) {
        return URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
