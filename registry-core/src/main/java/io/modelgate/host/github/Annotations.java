package io.modelgate.host.github;

import io.modelgate.finding.Finding;
import io.modelgate.git.CommitId;
import io.modelgate.host.Status;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.List;

/**
 * Findings beside their lines, as a check run (docs.github.com, REST API, "Check runs"). Only a GitHub App may make one. It is called
 * otherwise than the status that is required for a merge, so that it can never stand for it.
 */
final class Annotations {
    private static final String NAME = "modelgate/findings";

    /** The host takes so many at once; the comment has all. */
    private static final int MOST = 50;

    private static final int LONGEST = 60_000;

    private Annotations() {}

    static void say(HostClient client, String repo, CommitId commit, Status status, List<Finding> findings) {
        List<Json> shown = findings.stream()
                .filter(finding -> !finding.place().path().isEmpty())
                .limit(MOST)
                .map(Annotations::annotation)
                .toList();
        client.post(
                repo + "/check-runs",
                Json.object(
                        "name",
                        NAME,
                        "head_sha",
                        commit.toString(),
                        "status",
                        "completed",
                        "conclusion",
                        switch (status.state()) {
                            case SUCCESS -> "success";
                            case FAILURE -> "failure";
                            case PENDING -> "action_required";
                        },
                        "output",
                        Json.nested(
                                "title", cut(status.description(), 200),
                                "summary", cut(status.description(), LONGEST),
                                "annotations", shown)));
    }

    private static Json annotation(Finding finding) {
        int line = Math.max(1, finding.place().line());
        return Json.nested(
                "path",
                finding.place().path(),
                "start_line",
                line,
                "end_line",
                line,
                "annotation_level",
                switch (finding.severity()) {
                    case BLOCK -> "failure";
                    case WARN -> "warning";
                    case NOTE -> "notice";
                },
                "title",
                cut(finding.rule(), 200),
                "message",
                cut(finding.message() + " " + finding.remedy(), LONGEST));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + " …";
    }
}
