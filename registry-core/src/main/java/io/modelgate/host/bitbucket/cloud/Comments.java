package io.modelgate.host.bitbucket.cloud;

import io.modelgate.host.OneComment;
import io.modelgate.host.PlainMarkdown;
import io.modelgate.host.PullRequests;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Comments on a pull request. */
final class Comments implements OneComment.Way {
    private final HostClient client;
    private final PullRequests<Pull> pulls;
    private final Users users;

    Comments(HostClient client, PullRequests<Pull> pulls, Users users) {
        this.client = client;
        this.pulls = pulls;
        this.users = users;
    }

    @Override
    public List<Json> own(int proposal) {
        return new Pages(client)
                .all(of(proposal) + "?pagelen=100").stream()
                        .filter(comment -> !comment.isTrue("deleted") && users.isSelf(comment.at("user")))
                        .sorted(Comparator.comparing(
                                comment -> comment.integer("id").orElse(0L)))
                        .toList();
    }

    @Override
    public Optional<String> text(Json comment) {
        return comment.text("content.raw");
    }

    @Override
    public String plain(String markdown) {
        return PlainMarkdown.of(markdown);
    }

    @Override
    public void add(int proposal, String text) {
        client.post(of(proposal), content(text));
    }

    @Override
    public boolean edit(int proposal, Json comment, String text) {
        String one = one(proposal, comment);
        client.require(client.ask("PUT", one, content(text)), one);
        return true;
    }

    @Override
    public void delete(int proposal, Json comment) {
        client.ask("DELETE", one(proposal, comment), "");
    }

    private String of(int proposal) {
        return pulls.path(proposal) + "/comments";
    }

    private String one(int proposal, Json comment) {
        return of(proposal) + "/" + comment.integer("id").orElseThrow();
    }

    private static String content(String text) {
        return Json.object("content", Json.nested("raw", text));
    }
}
