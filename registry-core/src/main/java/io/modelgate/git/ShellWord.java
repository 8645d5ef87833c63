package io.modelgate.git;

/** A word of a command that a person is told to type. */
final class ShellWord {
    private ShellWord() {}

    /** The word, in double quotes when a shell would read anything else in it. */
    static String of(String text) {
        return text.matches("[A-Za-z0-9@%+=:,./~_\\[\\]-]+")
                ? text
                : '"' + text.replaceAll("([\"\\\\$`!])", "\\\\$1") + '"';
    }
}
