package io.modelgate.host;

import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.Optional;

/** The gate's status of a commit as GitHub's API gives it, and Gitea's after it: of each context the latest. */
public final class StatusWord {
    private StatusWord() {}

    /**
     * Whether this stands there, by this account.
     *
     * @param commit the path of the commit in the API
     */
    public static boolean stands(HostClient client, String commit, Optional<Long> account, Status.State state) {
        return client.find(commit + "/status").stream()
                .flatMap(json -> json.elements("statuses"))
                .filter(each ->
                        each.text("context").filter(Status.CONTEXT::equals).isPresent())
                .findFirst()
                .filter(each -> by(each).map(author -> account.equals(Optional.of(author)))
                        .orElse(true))
                .flatMap(each -> each.text("status").or(() -> each.text("state")))
                .filter(state.word()::equals)
                .isPresent();
    }

    /** Some hosts do not tell who set it here. */
    private static Optional<Long> by(Json status) {
        return status.integer("creator.id");
    }
}
