package io.modelgate.host.gitea;

import io.modelgate.host.MergeLoop;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;

/**
 * How Gitea merges: it is told which head, and says "try again later" while it still finds out whether files conflict.
 *
 * @param repo the path of the repository in the API
 */
record GiteaMerge(HostClient client, String repo) implements MergeLoop.Way<Pull> {
    @Override
    public Answer ask(Pull pull, MergeRequest judged) {
        return client.ask(
                "POST",
                repo + "/pulls/" + pull.number() + "/merge",
                Json.object(
                        "Do",
                        "merge",
                        "head_commit_id",
                        judged.head().toString(),
                        "MergeTitleField",
                        judged.title(),
                        "MergeMessageField",
                        judged.body()));
    }

    @Override
    public boolean mayPass(Answer refusal, Pull before, Pull after) {
        return refusal.status() == 409 || refusal.words().contains("try again later");
    }
}
