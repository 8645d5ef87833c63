package io.modelgate.watch;

import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.host.Changes;
import io.modelgate.host.Proposal;
import io.modelgate.promotion.Merging;
import io.modelgate.promotion.Submission;
import io.modelgate.promotion.Workplace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Waits until proposals of one registry are merged, and merges those that may be. It holds no thread: whoever has a clock looks
 * now and then, and a look costs the host one request while nothing changed, however many proposals are waited for. Nothing is
 * lost with it: another one that is told the same numbers goes on.
 */
public final class Waiting {
    /** Verdicts may depend on the time alone. */
    private static final Duration JUDGE_AGAIN = Duration.ofMinutes(10);

    /** However well a host tells what changed, everything is read anew now and then. */
    private static final Duration READ_AGAIN = Duration.ofHours(1);

    private static final int MOST_COMMITS = 1_000;

    private final Workplace workplace;
    private final Map<Integer, Awaited> awaited = new TreeMap<>();
    private final Set<Integer> unread = new TreeSet<>();
    private Optional<CommitId> target = Optional.empty();
    private String cursor = "";
    private Instant read = Instant.MIN;
    private Instant judged = Instant.MIN;

    public Waiting(Workplace workplace) {
        this.workplace = workplace;
    }

    /**
     * A proposal that is waited for.
     *
     * @param merge whether to merge it once it passes, or to leave that to others
     * @param said the last line that was said of it; empty at first
     * @param proposal as it was last read
     */
    private record Awaited(boolean merge, String said, Optional<Proposal> proposal) {}

    /** What is new of a proposal. */
    public sealed interface News {
        /** The number of the proposal. */
        int number();

        /** It goes on: one line for people. */
        record Line(int number, String text) implements News {}

        /**
         * It was merged, by this or by somebody else.
         *
         * @param commit the merge commit, when it was found
         * @param verdict what it was judged; empty when somebody else merged it
         */
        record Merged(int number, Optional<CommitId> commit, Optional<Verdict> verdict) implements News {}

        /**
         * It will not be merged as it is.
         *
         * @param why one sentence, with what to do
         * @param verdict what it was judged, when that is why
         */
        record Over(int number, String why, Optional<Verdict> verdict) implements News {}
    }

    /**
     * Waits for one more.
     *
     * @param merge whether to merge it once it passes
     * @param said the last line that was said of it, which is not said again; empty at first
     */
    public void add(int number, boolean merge, String said) {
        awaited.put(number, new Awaited(merge, said, Optional.empty()));
        unread.add(number);
    }

    /** Stops waiting for one. */
    public void remove(int number) {
        awaited.remove(number);
        unread.remove(number);
    }

    /** Whether nothing is waited for. */
    public boolean isEmpty() {
        return awaited.isEmpty();
    }

    /** Looks once, and merges what passes and is to be merged. */
    public List<News> look() {
        return look(number -> true);
    }

    /**
     * Looks once. What is merged or over is not waited for any more. A host that cannot be asked is an ENVIRONMENT exception.
     *
     * @param stillWanted asked just before a proposal is merged: whoever wanted that may have gone while others were looked at
     */
    public List<News> look(IntPredicate stillWanted) {
        Instant now = workplace.clock().instant();
        boolean anew = isDue(read, READ_AGAIN, now);
        String since = anew ? "" : cursor;
        Changes changes = workplace.host().changes(since);
        // an answer without a cursor tells of those that are open, and what is waited for may not be any more
        Set<Integer> changed = new TreeSet<>(since.isEmpty() ? awaited.keySet() : changes.proposals());
        changed.addAll(unread);
        changed.retainAll(awaited.keySet());
        boolean again = isDue(judged, JUDGE_AGAIN, now);
        if (again || !changed.isEmpty() || !changes.proposals().isEmpty()) {
            workplace.repository().refreshNow();
        }
        CommitId present = workplace.target();
        boolean all = again || !target.equals(Optional.of(present));
        unread.addAll(changed);
        cursor = changes.cursor();
        read = anew ? now : read;
        judged = all ? now : judged;
        target = Optional.of(present);
        List<News> news = new ArrayList<>();
        for (int number : all ? List.copyOf(awaited.keySet()) : changed) {
            try {
                look(number, stillWanted, news);
            } catch (RegistryException e) {
                trouble(number, e, news);
            }
        }
        return news;
    }

    private static boolean isDue(Instant last, Duration interval, Instant now) {
        return last.equals(Instant.MIN) || !now.isBefore(last.plus(interval));
    }

    private void look(int number, IntPredicate stillWanted, List<News> news) {
        Awaited one = awaited.get(number);
        if (one == null) {
            return;
        }
        Proposal proposal = unread.contains(number)
                ? workplace.host().read(number)
                : one.proposal().orElseGet(() -> workplace.host().read(number));
        unread.remove(number);
        awaited.put(number, new Awaited(one.merge(), one.said(), Optional.of(proposal)));
        switch (proposal.state()) {
            case OPEN -> judge(proposal, one.merge() && stillWanted.test(number), news);
            case MERGED -> end(new News.Merged(number, mergeOf(proposal.head()), Optional.empty()), news);
            case CLOSED ->
                end(
                        new News.Over(
                                number,
                                "Proposal " + number + " was closed without being merged. Open it again, or run again.",
                                Optional.empty()),
                        news);
        }
    }

    private void judge(Proposal proposal, boolean merge, List<News> news) {
        int number = proposal.number();
        Verdict verdict = workplace.judging().judge(target.orElseThrow(), proposal);
        switch (verdict.outcome()) {
            case FAIL ->
                end(
                        new News.Over(
                                number,
                                "The gate does not let proposal " + number + " pass any more.",
                                Optional.of(verdict)),
                        news);
            case PENDING -> say(number, "waits: " + String.join(" ", verdict.next()), news);
            case PASS -> {
                if (merge) {
                    merge(proposal, news);
                } else {
                    say(number, "passes, and waits to be merged", news);
                }
            }
        }
    }

    private void merge(Proposal proposal, List<News> news) {
        int number = proposal.number();
        Submission done = new Merging(workplace).merge(number);
        if (done.merged().isPresent()) {
            end(new News.Merged(number, done.merged(), done.verdict()), news);
        } else {
            unread.add(number); // it moved meanwhile
        }
    }

    /** What cannot be done now is tried again; what can never be done ends the waiting. */
    private void trouble(int number, RegistryException e, List<News> news) {
        String said = e.getMessage() + " " + e.remedy();
        switch (e.kind()) {
            case ENVIRONMENT, CONFLICT -> {
                unread.add(number);
                say(number, "waits: " + said, news);
            }
            default -> end(new News.Over(number, said, Optional.empty()), news);
        }
    }

    private void say(int number, String line, List<News> news) {
        Awaited one = awaited.get(number);
        if (one != null && !line.equals(one.said())) {
            awaited.put(number, new Awaited(one.merge(), line, one.proposal()));
            news.add(new News.Line(number, line));
        }
    }

    private void end(News last, List<News> news) {
        remove(last.number());
        news.add(last);
    }

    /** The commit of the target branch that merged a head. */
    private Optional<CommitId> mergeOf(CommitId head) {
        int seen = 0;
        for (CommitFacts commit : workplace.repository().firstParents(target.orElseThrow())) {
            if (commit.parents().contains(head)) {
                return Optional.of(commit.id());
            }
            if (++seen > MOST_COMMITS) {
                break;
            }
        }
        return Optional.empty();
    }
}
