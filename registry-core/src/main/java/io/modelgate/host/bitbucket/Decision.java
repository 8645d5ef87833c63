package io.modelgate.host.bitbucket;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.Optional;

/** What this user thinks of a pull request, as the host has it: a status of the participant. */
final class Decision {
    private final HostClient client;
    private final Json self;
    private final String path;

    /** @param pull the path of the pull request in the API */
    Decision(HostClient client, String pull, Json self) {
        this.client = client;
        this.self = self;
        this.path = pull + "/participants/"
                + HostClient.encode(
                        self.text("slug").or(() -> self.text("name")).orElse(""));
    }

    /**
     * Approves this head or asks for changes. The same word from before is taken back first, since it would be no new one to the
     * host, and it may be of another head or of a change that was to be merged elsewhere. A host that does not compare heads by
     * itself is asked what it took it for.
     */
    void take(Pull pull, String status, CommitId head) {
        boolean repeats = pull.participants()
                .filter(each -> each.integer("user.id").equals(self.integer("id")))
                .anyMatch(each -> each.text("status").filter(status::equals).isPresent());
        if (repeats) {
            withdraw();
        }
        Answer answer = set(Json.object("status", status, "lastReviewedCommit", head.toString()));
        if (answer.status() == 409) {
            throw moved(pull);
        }
        Json taken = client.require(answer, path).json();
        if (!taken.commit("lastReviewedCommit").equals(Optional.of(head))) {
            withdraw();
            throw moved(pull);
        }
    }

    /** Takes back what was said. */
    void withdraw() {
        client.require(set(Json.object("status", "UNAPPROVED")), path);
    }

    private Answer set(String body) {
        return client.ask("PUT", path, body);
    }

    private static RegistryException moved(Pull pull) {
        return RegistryException.conflict(
                "Proposal " + pull.number() + " moved while you reviewed it.",
                "Look again: 'modelgate verify " + pull.number() + "'.");
    }
}
