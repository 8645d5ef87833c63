package io.modelgate.promotion;

import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.host.CommitPeople;
import io.modelgate.host.GitHost;
import io.modelgate.manifest.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * On whose behalf something is proposed, as its commits say it: the first person is their author, and trailers name all of them.
 * The gate counts no approval of a person named there, so that whoever has a machine propose cannot approve it.
 */
final class Requests {
    private static final int LONGEST_VALUE = 200;

    private final Map<Requester, Optional<UserId>> people = new LinkedHashMap<>();

    /** Asks the host who they are. */
    Requests(GitHost host, List<Requester> requesters) {
        requesters.forEach(each -> people.put(each, host.user(each.login())));
    }

    /** Those whom the host does not know by login. */
    List<Requester> unknown() {
        return people.entrySet().stream()
                .filter(each -> each.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** As far as they are known. */
    Set<UserId> users() {
        return people.values().stream().flatMap(Optional::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The draft of a commit on their behalf.
     *
     * @param earlier what the trailers of the commit that it replaces say: whoever asked for that is not rid of it
     * @param machine who writes it
     */
    CommitDraft draft(
            String message, Collection<String> earlier, Author machine, Instant when, List<CommitId> parents) {
        Set<String> named = new TreeSet<>(earlier);
        people.forEach((each, user) -> {
            named.add(user.map(UserId::value).orElse(each.login()));
            each.address().ifPresent(named::add);
        });
        String trailers = named.stream()
                .filter(value -> value.length() <= LONGEST_VALUE)
                .map(value -> CommitPeople.REQUESTED_BY + ": " + value + "\n")
                .collect(Collectors.joining());
        Author author = people.entrySet().stream()
                .findFirst()
                .flatMap(first -> first.getKey().author(first.getValue()))
                .orElse(machine);
        String whole = message.stripTrailing() + "\n" + (trailers.isEmpty() ? "" : "\n" + trailers);
        return new CommitDraft(whole, author, machine, when, parents);
    }
}
