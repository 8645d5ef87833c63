package io.modelgate.host;

/** Refs that end in a user id are written by that user alone. */
final class OwnRefs {
    private OwnRefs() {}

    /** Whether the pusher may write this ref at all. */
    static boolean isWritable(PushedRef pushed, Push push) {
        String owner = LocalRefs.user(pushed.ref()).orElseThrow();
        if (!owner.equals(push.pusher().value())) {
            push.refuse(
                    pushed,
                    "forged",
                    "This is what " + owner + " says, and " + push.pusher() + " pushes it.",
                    push.ownName());
            return false;
        }
        if (pushed.after().isEmpty()) {
            push.refuse(
                    pushed,
                    "append-only",
                    "What was said is not deleted.",
                    "Withdraw a review: 'modelgate review --dismiss'.");
            return false;
        }
        return true;
    }
}
