package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.policy.Participants;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The pull requests of a registry's repository: finds one by its number, lists those that ask to be merged into the target
 * branch, and says what keeps one from being merged as it was judged.
 *
 * @param <P> how the host gives them
 */
public final class PullRequests<P extends PullRequest> {
    private final HostClient client;
    private final HostedRepository repository;
    private final String path;
    private final Function<Json, P> reader;

    /** @param path of all pull requests in the API; that of one ends in its number */
    public PullRequests(HostClient client, HostedRepository repository, String path, Function<Json, P> reader) {
        this.client = client;
        this.repository = repository;
        this.path = path;
        this.reader = reader;
    }

    /** The path of one in the API. */
    public String path(int number) {
        return path + "/" + number;
    }

    /** One as it is now; NOT_FOUND when there is none with this number. */
    public P at(int number) {
        Optional<P> pull =
                number < 1 ? Optional.empty() : client.find(path(number)).map(reader);
        return pull.orElseThrow(() -> RegistryException.notFound(
                "There is no proposal " + number + ".", "See what there is: 'modelgate proposals --state all'."));
    }

    /** One that asks to be merged into the registry; a {@link RetargetedException} when it asks to be merged elsewhere. */
    public P ofRegistry(int number) {
        P pull = at(number);
        if (!isOfRegistry(pull)) {
            throw new RetargetedException(number, pull.base(), repository.branch(), pull.knownHead());
        }
        return pull;
    }

    private boolean isOfRegistry(P pull) {
        return pull.base().equals(repository.branch());
    }

    /** One whose branch was just pushed: the host takes note of a push a moment after it has taken it. */
    public P settled(int number, CommitId head) {
        Backoff backoff = new Backoff();
        while (true) {
            P pull = at(number);
            if (pull.knownHead().equals(Optional.of(head)) || !backoff.again()) {
                return pull;
            }
        }
    }

    /** Of what the host lists, those that ask to be merged into the registry. */
    public List<P> ofRegistry(List<Json> listed) {
        return listed.stream().map(reader).filter(this::isOfRegistry).toList();
    }

    /** Of these, the one that proposes a branch of the registry's own repository. */
    public Optional<P> ofBranch(List<P> found, String branch) {
        return found.stream()
                .filter(pull -> pull.ownBranch().filter(branch::equals).isPresent())
                .findFirst();
    }

    /** Those in this state whose head is known, as proposals without reviews, by number. */
    public List<Proposal> proposals(List<P> found, Proposal.State state, Function<P, Optional<CommitId>> head) {
        return found.stream()
                .filter(pull -> pull.state() == state)
                .flatMap(pull -> head.apply(pull).map(commit -> proposal(pull, commit)).stream())
                .sorted(Comparator.comparingInt(Proposal::number))
                .toList();
    }

    /**
     * The refs of those of these that ended before a time.
     *
     * @param refs what the host calls them, with a place for the number
     */
    public Set<String> refsOfEnded(List<P> found, Instant before, String... refs) {
        return found.stream()
                .filter(pull -> pull.ended().filter(at -> at.isBefore(before)).isPresent())
                .flatMap(pull -> Arrays.stream(refs).map(ref -> ref.formatted(pull.number())))
                .collect(Collectors.toSet());
    }

    /** A proposal without reviews. */
    public Proposal proposal(P pull, CommitId head) {
        Accounts accounts = repository.accounts();
        return new Proposal(
                pull.number(),
                pull.text(accounts),
                pull.state(),
                head,
                new Participants(pull.author(accounts), Set.of(), Optional.empty()),
                List.of());
    }

    /** Why one cannot be merged as it was judged. */
    public Optional<MergeResult> obstacle(P pull, MergeRequest judged) {
        return pull.knownHead().equals(Optional.of(judged.head()))
                ? obstacleBesideHead(pull, judged)
                : Optional.of(movedHead(judged));
    }

    /** As {@link #obstacle}, for a host that does not tell the whole head; asks Git anew. */
    public Optional<MergeResult> obstacleBesideHead(P pull, MergeRequest judged) {
        if (!isOfRegistry(pull)) {
            return Optional.of(new MergeResult.Refused("it asks to be merged into " + pull.base()));
        }
        if (pull.isDraft()) {
            return Optional.of(new MergeResult.Refused("it is a draft"));
        }
        return repository.isAt(judged.target())
                ? Optional.empty()
                : Optional.of(new MergeResult.Moved("the target branch"));
    }

    /** That the head is not the one that was judged any more. */
    public static MergeResult movedHead(MergeRequest judged) {
        return new MergeResult.Moved("the head of proposal " + judged.number());
    }
}
