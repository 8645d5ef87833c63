package io.modelgate.host;

import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Comments on a proposal as GitHub's API has them, and Gitea's after it. */
public final class HubComments implements OneComment.Way {
    private static final int MOST = 10_000;

    private final HostClient client;
    private final String repo;
    private final Supplier<Optional<Long>> author;
    private final OwnTouches touches;

    /**
     * @param repo the path of the repository in the API
     * @param author tells the number of this user's account
     * @param touches told what is written
     */
    public HubComments(HostClient client, String repo, Supplier<Optional<Long>> author, OwnTouches touches) {
        this.client = client;
        this.repo = repo;
        this.author = author;
        this.touches = touches;
    }

    @Override
    public List<Json> own(int proposal) {
        Optional<Long> me = author.get();
        return client.all(of(proposal) + "?per_page=100", MOST).stream()
                .filter(comment -> comment.integer("user.id").equals(me))
                .toList();
    }

    @Override
    public Optional<String> text(Json comment) {
        return comment.text("body");
    }

    @Override
    public void add(int proposal, String text) {
        client.post(of(proposal), Json.object("body", text));
        touches.say(proposal, text);
    }

    @Override
    public boolean edit(int proposal, Json comment, String text) {
        client.patch(one(comment), Json.object("body", text));
        touches.say(proposal, text);
        return true;
    }

    @Override
    public void delete(int proposal, Json comment) {
        client.ask("DELETE", one(comment), "");
    }

    private String of(int proposal) {
        return repo + "/issues/" + proposal + "/comments";
    }

    private String one(Json comment) {
        return repo + "/issues/comments/" + comment.integer("id").orElseThrow();
    }
}
