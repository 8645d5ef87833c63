package io.modelgate.host;

import io.modelgate.host.PlayedHost.Ask;
import io.modelgate.host.PlayedHost.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Comments of a played Bitbucket Data Center: each has a version, and all stand among the activities. */
final class PlayedBitbucketComments {
    private final PlayedBitbucketServer played;

    PlayedBitbucketComments(PlayedBitbucketServer played) {
        this.played = played;
    }

    Reply answer(Ask ask, PlayedProposal proposal, List<Map<String, Object>> log) {
        if (ask.is("POST", ".*/comments")) {
            Map<String, Object> comment = new LinkedHashMap<>(Map.of(
                    "id",
                    PlayedProposal.nextId(),
                    "version",
                    0,
                    "text",
                    ask.text("text"),
                    "author",
                    played.user(ask.user())));
            played.activities.note(
                    proposal, ask.user(), "COMMENTED", Map.of("commentAction", "ADDED", "comment", comment));
            return Reply.of(201, comment);
        }
        long id = Long.parseLong(ask.segment(9));
        Optional<Map<String, Object>> found = log.stream()
                .filter(each -> each.get("comment") instanceof Map<?, ?> comment
                        && comment.get("id").equals(id))
                .findFirst();
        if (found.isEmpty()) {
            return PlayedBitbucketServer.trouble(404, "There is no such comment.", "NoSuchCommentException");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> comment = (Map<String, Object>) found.get().get("comment");
        int version = ask.is("PUT", ".*") ? ask.body().path("version").asInt(-1) : ask.parameter("version", -1);
        if (!comment.get("version").equals(version)) {
            return PlayedBitbucketServer.trouble(409, "The comment was changed since.", "CommentOutOfDateException");
        }
        if (!((Map<?, ?>) comment.get("author")).get("name").equals(ask.user())) {
            return PlayedBitbucketServer.trouble(401, "It is somebody else's comment.", "AuthorisationException");
        }
        if (ask.is("DELETE", ".*")) {
            log.remove(found.get());
            return Reply.of(204, null);
        }
        comment.put("text", ask.text("text"));
        comment.put("version", version + 1);
        return Reply.of(200, comment);
    }
}
