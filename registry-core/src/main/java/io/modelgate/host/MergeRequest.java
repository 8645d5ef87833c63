package io.modelgate.host;

import io.modelgate.git.CommitId;

/**
 * A merge of exactly what was judged.
 *
 * @param number the proposal
 * @param head the head that was judged
 * @param target the commit of the target branch that was judged
 * @param message the message of the merge commit
 */
public record MergeRequest(int number, CommitId head, CommitId target, String message) {
    /** The first line of the message. */
    public String title() {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** The message without its first line. */
    public String body() {
        int end = message.indexOf('\n');
        return end < 0 ? "" : message.substring(end).strip();
    }
}
