package io.modelgate.host.github;

import io.modelgate.git.CommitId;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.Optional;

/** Says what a user thinks of a pull request, and takes it back. */
final class ReviewWriter {
    private static final int MOST = 10_000;

    private final HostClient client;
    private final String reviews;

    /** @param pull the path of the pull request in the API */
    ReviewWriter(HostClient client, String pull) {
        this.client = client;
        this.reviews = pull + "/reviews";
    }

    /** @param event the host's word, such as {@code APPROVE} */
    void say(CommitId head, String event, String text) {
        String body = text.isBlank() ? "Said with 'modelgate review'." : text;
        client.post(reviews, Json.object("event", event, "body", body, "commit_id", head.toString()));
    }

    /** Takes back one's own word as a dismissal, which stays to be seen. */
    void withdraw(Optional<Long> account, String text) {
        for (Json review : client.all(reviews + "?per_page=100", MOST)) {
            boolean decides = review.text("state")
                    .filter(word -> word.equals("APPROVED") || word.equals("CHANGES_REQUESTED"))
                    .isPresent();
            if (decides && review.integer("user.id").equals(account)) {
                String path = reviews + "/" + review.integer("id").orElseThrow() + "/dismissals";
                String why = text.isBlank() ? "Withdrawn." : text;
                client.require(client.ask("PUT", path, Json.object("message", why, "event", "DISMISS")), path);
            }
        }
    }
}
