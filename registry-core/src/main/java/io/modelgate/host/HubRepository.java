package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.host.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The registry's repository as GitHub's API has repositories, and Gitea's after it: what both are told in the same words. */
public final class HubRepository {
    private static final int MOST = 10_000;
    private static final int MOST_ASKED = 100;

    private final HostClient client;
    private final String path;

    /** @param path of the repository in the API */
    public HubRepository(HostClient client, String path) {
        this.client = client;
        this.path = path;
    }

    /** The path of a site's repository in the API. */
    public static String path(HostSite site) {
        return HostClient.path(
                "repos", site.ownerAndName().get(0), site.ownerAndName().get(1));
    }

    /**
     * Makes a repository for this user or for an organisation; does nothing when it is there.
     *
     * @param settings what the host is told of the new one
     */
    public static void create(HostSite site, HostClient client, String settings) {
        String owner = site.ownerAndName().get(0);
        if (client.find(path(site)).isPresent()) {
            return;
        }
        boolean own = client.get("/user")
                .text("login")
                .filter(owner::equalsIgnoreCase)
                .isPresent();
        client.post(own ? "/user/repos" : HostClient.path("orgs", owner, "repos"), settings);
    }

    /** Opens a pull request of a branch. */
    public Json open(String branch, String base, ProposalText text) {
        return client.post(
                path + "/pulls",
                Json.object("head", branch, "base", base, "title", text.title(), "body", text.description()));
    }

    /** Gives a pull request other words, if it says anything else now. A draft keeps its title: on some hosts that makes it one. */
    public void describe(int number, ProposalText now, ProposalText text) {
        String title = now.isDraft() ? now.title() : text.title();
        if (!now.title().equals(title) || !now.description().equals(text.description())) {
            client.patch(pull(number), Json.object("title", title, "body", text.description()));
        }
    }

    /** Closes a pull request without merging it. */
    public void close(int number) {
        client.patch(pull(number), Json.object("state", "closed"));
    }

    private String pull(int number) {
        return path + "/pulls/" + number;
    }

    /**
     * What was said in the reviews of a pull request.
     *
     * @param query what is added, to have many at once
     * @param ofAnotherChange the numbers of those given before it was last asked to be merged elsewhere
     * @param reader reads one
     */
    public List<LastWords.Said> said(
            int number, String query, Set<Long> ofAnotherChange, Function<Json, Optional<LastWords.Said>> reader) {
        return client.all(pull(number) + "/reviews" + query, MOST).stream()
                .flatMap(each -> {
                    boolean other =
                            each.integer("id").filter(ofAnotherChange::contains).isPresent();
                    return reader
                            .apply(each)
                            .flatMap(said -> other ? said.ofAnotherChange() : Optional.of(said))
                            .stream();
                })
                .toList();
    }

    /**
     * How a host gives commits with the accounts that it knows their authors and committers by.
     *
     * @param many what is added to the list of a proposal's commits, to have many at once
     * @param page how many it gives at once then
     * @param most how many of a proposal it gives at all
     * @param one what is asked for one commit
     */
    public record Commits(String many, int page, int most, Function<CommitId, String> one) {}

    /**
     * The accounts that the host knows the authors and committers of a proposal by, where it knows any: from all its commits, or from
     * a sample where that takes fewer requests. INTEGRITY where the host does not tell of all of them.
     */
    public Stream<Json> namedInCommits(int number, SampledCommits sampled, Commits commits) {
        boolean tellsAll = sampled.all() <= commits.most();
        if (!tellsAll && !(sampled.complete() && sampled.ids().size() <= MOST_ASKED)) {
            throw RegistryException.integrity(
                    "Proposal " + number + " has more than " + commits.most()
                            + " commits by too many people: the host does not tell whose accounts they are of.",
                    "Propose fewer commits at once, or squash them.");
        }
        List<Json> found = !tellsAll || sampled.areFewerThanPages(commits.page())
                ? sampled.ids().stream()
                        .map(id -> client.get(path + commits.one().apply(id)))
                        .toList()
                : client.all(pull(number) + "/commits" + commits.many(), MOST);
        return found.stream().flatMap(commit -> Stream.of(commit.at("author"), commit.at("committer")));
    }

    /**
     * Says on a commit what the gate thinks of it.
     *
     * @param longest how many characters of a description the host takes
     */
    public void status(CommitId commit, Status status, int longest) {
        client.post(
                path + "/statuses/" + commit,
                Json.object(
                        "context",
                        Status.CONTEXT,
                        "state",
                        status.state().word(),
                        "description",
                        status.description(longest)));
    }

    /**
     * Whether a status stands on a commit, by this account: of each context the latest counts.
     *
     * @param account the number of the account
     */
    public boolean stands(CommitId commit, Optional<Long> account, Status.State state) {
        return client.find(path + "/commits/" + commit + "/status").stream()
                .flatMap(json -> json.elements("statuses"))
                .filter(each ->
                        each.text("context").filter(Status.CONTEXT::equals).isPresent())
                .findFirst()
                .filter(each -> by(each).map(author -> account.equals(Optional.of(author)))
                        .orElse(true))
                .flatMap(each -> each.text("status").or(() -> each.text("state")))
                .filter(state.word()::equals)
                .isPresent();
    }

    /** Some hosts do not tell who set it here. */
    private static Optional<Long> by(Json status) {
        return status.integer("creator.id");
    }
}
