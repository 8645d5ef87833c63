package io.modelgate.host.bitbucket;

import io.modelgate.git.CommitId;
import io.modelgate.host.MergeLoop;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.PullRequests;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a Bitbucket Data Center merges: it is told which version of the pull request, not which head, and refuses when that was
 * changed since it was looked at.
 */
record ServerMerge(HostClient client, PullRequests<Pull> pulls) implements MergeLoop.Way<Pull> {
    private static final int LONGEST = 600;

    /** A merge commit with exactly this message. */
    @Override
    public Answer ask(Pull pull, MergeRequest judged) {
        return client.ask(
                "POST",
                pulls.path(pull.number()) + "/merge?version=" + pull.version(),
                Json.object(
                        "version",
                        pull.version(),
                        "strategyId",
                        "no-ff",
                        "autoSubject",
                        false,
                        "message",
                        judged.message()));
    }

    @Override
    public Optional<CommitId> merged(Pull after) {
        return after.merged()
                .or(() -> Activities.of(client, pulls.path(after.number())).merged());
    }

    @Override
    public boolean isRefusal(Answer answer) {
        return answer.status() == 409;
    }

    /** Whether the pull request was changed since it was looked at. */
    @Override
    public boolean mayPass(Answer refusal, Pull before, Pull after) {
        return refusal.json()
                .elements("errors")
                .flatMap(error -> error.text("exceptionName").stream())
                .anyMatch(name -> name.endsWith("OutOfDateException"));
    }

    /** The host's words, and those of the checks that do not let it pass. */
    @Override
    public String words(Answer refusal) {
        String vetoes = refusal.json()
                .elements("errors")
                .flatMap(error -> error.elements("vetoes"))
                .flatMap(veto -> veto.text("detailedMessage").or(() -> veto.text("summaryMessage")).stream())
                .map(words -> " " + words)
                .collect(Collectors.joining());
        String all = refusal.words() + vetoes;
        return all.length() > LONGEST ? all.substring(0, LONGEST) + " …" : all;
    }
}
