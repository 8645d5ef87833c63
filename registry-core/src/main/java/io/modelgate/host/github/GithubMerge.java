package io.modelgate.host.github;

import io.modelgate.host.MergeLoop;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;

/**
 * How GitHub merges: it is told which head, and refuses while it has not found out yet whether that can be merged.
 *
 * @param repo the path of the repository in the API
 */
record GithubMerge(HostClient client, String repo) implements MergeLoop.Way<Pull> {
    @Override
    public Answer ask(Pull pull, MergeRequest judged) {
        return client.ask(
                "PUT",
                repo + "/pulls/" + pull.number() + "/merge",
                Json.object(
                        "merge_method",
                        "merge",
                        "sha",
                        judged.head().toString(),
                        "commit_title",
                        judged.title(),
                        "commit_message",
                        judged.body()));
    }

    @Override
    public boolean mayPass(Answer refusal, Pull before, Pull after) {
        return refusal.status() == 409
                || before.isUndecided()
                || after.isUndecided()
                || refusal.words().startsWith("Base branch was modified");
    }
}
