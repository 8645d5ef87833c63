package io.modelgate.host.gitlab;

import io.modelgate.host.OneComment;
import io.modelgate.host.OwnAccount;
import io.modelgate.host.PullRequests;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Comments on a merge request (GitLab REST API v4, Notes). */
final class Notes implements OneComment.Way {
    private static final int MOST = 10_000;

    private final HostClient client;
    private final PullRequests<Request> requests;
    private final OwnAccount self;

    Notes(HostClient client, PullRequests<Request> requests, OwnAccount self) {
        this.client = client;
        this.requests = requests;
        this.self = self;
    }

    @Override
    public List<Json> own(int proposal) {
        return client.all(of(proposal) + "?per_page=100&sort=asc&order_by=created_at", MOST).stream()
                .filter(note -> !note.isTrue("system") && self.is(note, "author.id"))
                .sorted(Comparator.comparing(note -> note.integer("id").orElse(0L)))
                .toList();
    }

    @Override
    public Optional<String> text(Json comment) {
        return comment.text("body");
    }

    @Override
    public String plain(String markdown) {
        return Words.harmless(markdown);
    }

    /** What a verdict takes on this host is many requests already. */
    @Override
    public boolean looksAgain() {
        return false;
    }

    @Override
    public void add(int proposal, String text) {
        client.post(of(proposal), Json.object("body", text));
    }

    @Override
    public boolean edit(int proposal, Json comment, String text) {
        String one = one(proposal, comment);
        client.require(client.ask("PUT", one, Json.object("body", text)), one);
        return true;
    }

    @Override
    public void delete(int proposal, Json comment) {
        client.ask("DELETE", one(proposal, comment), "");
    }

    private String of(int proposal) {
        return requests.path(proposal) + "/notes";
    }

    private String one(int proposal, Json comment) {
        return of(proposal) + "/" + comment.integer("id").orElseThrow();
    }
}
