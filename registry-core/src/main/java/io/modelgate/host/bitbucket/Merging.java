package io.modelgate.host.bitbucket;

import io.modelgate.host.MergeRequest;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.Json;
import java.util.stream.Collectors;

/** What the host is told to merge, and why it does not. */
final class Merging {
    private static final int LONGEST = 600;

    private Merging() {}

    /** A merge commit with exactly this message. */
    static String body(MergeRequest request, Pull pull) {
        return Json.object(
                "version", pull.version(), "strategyId", "no-ff", "autoSubject", false, "message", request.message());
    }

    /** Whether the pull request was changed since it was looked at. */
    static boolean isOutOfDate(Answer answer) {
        return answer.json()
                .elements("errors")
                .flatMap(error -> error.text("exceptionName").stream())
                .anyMatch(name -> name.endsWith("OutOfDateException"));
    }

    /** The host's words, and those of the checks that do not let it pass. */
    static String refusal(Answer answer) {
        String vetoes = answer.json()
                .elements("errors")
                .flatMap(error -> error.elements("vetoes"))
                .flatMap(veto -> veto.text("detailedMessage").or(() -> veto.text("summaryMessage")).stream())
                .map(words -> " " + words)
                .collect(Collectors.joining());
        String all = answer.words() + vetoes;
        return all.length() > LONGEST ? all.substring(0, LONGEST) + " …" : all;
    }
}
