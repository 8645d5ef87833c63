package io.modelgate.git;

/** Where a secret for a Git host came from; never says the secret. */
public enum LoginSource {
    ADDRESS(
            "the secret in the registry's address",
            "take the old one out of the address and set " + Credentials.TOKEN + " to the new one"),
    VARIABLE("the token in " + Credentials.TOKEN, "set " + Credentials.TOKEN + " to it"),
    HELPER(
            "what your Git credential helper gave",
            "log in with the helper again ('git credential reject' makes it forget the old one), or set "
                    + Credentials.TOKEN),
    APP("the key of the GitHub App", "see that it is a key of that App and that the clock of this machine is right");

    private final String words;
    private final String renewal;

    LoginSource(String words, String renewal) {
        this.words = words;
        this.renewal = renewal;
    }

    /** What was shown to the host, as part of a sentence. */
    public String words() {
        return words;
    }

    /** What to do when the host refused it. */
    public String remedy(String host) {
        return "It may have expired or been revoked: make a new one on " + host + ", and " + renewal + ".";
    }

    /** What to do when nothing was shown to the host. */
    public static String remedyForNone() {
        return "Set " + Credentials.TOKEN + " to a token of that host, or log in with a Git credential helper.";
    }
}
