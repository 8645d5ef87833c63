package io.modelgate.host.gitlab;

import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.host.Status;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says on a commit what the gate thinks of it (GitLab REST API v4, Commits, Set commit pipeline status). */
final class Statuses {
    private static final int LONGEST = 250;

    private final HostClient client;
    private final String project;

    Statuses(HostClient client, String project) {
        this.client = client;
        this.project = project;
    }

    /**
     * Sets it in the pipeline of a ref. The host keeps states and what may follow which: what is pending cannot become pending
     * again, which is no trouble; and it refuses two at a time, which passes.
     *
     * @param ref where the proposal comes from: without it the host takes any branch that has the commit
     */
    void set(CommitId commit, Status status, Optional<String> ref) {
        String path = project + "/statuses/" + commit;
        Backoff backoff = new Backoff();
        while (true) {
            Answer answer = client.ask("POST", path, body(status, ref));
            boolean same = answer.status() == 400
                    && status.state() == Status.State.PENDING
                    && answer.words().contains("Cannot transition status");
            if (same) {
                return;
            }
            if (answer.status() != 409 || !backoff.again()) {
                client.require(answer, path);
                return;
            }
        }
    }

    private static String body(Status status, Optional<String> ref) {
        String state = switch (status.state()) {
            case SUCCESS -> "success";
            case FAILURE -> "failed";
            case PENDING -> "pending";
        };
        List<Object> fields = new ArrayList<>(
                List.of("state", state, "name", Status.CONTEXT, "description", status.description(LONGEST)));
        ref.ifPresent(name -> fields.addAll(List.of("ref", name)));
        return Json.object(fields.toArray());
    }
}
