package io.modelgate.watch;

import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitId;
import io.modelgate.host.Changes;
import io.modelgate.host.Proposal;
import io.modelgate.promotion.Merging;
import io.modelgate.promotion.Publishing;
import io.modelgate.promotion.Submission;
import io.modelgate.promotion.Workplace;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps the verdicts of one registry's proposals up to date on its Git host. Everything that matters is on the host: a new
 * watcher goes on where another ended, and says again what the host may not have heard.
 */
public final class Watcher {
    /** Verdicts may depend on the time alone: soak, freeze, freshness, waivers. */
    private static final Duration JUDGE_AGAIN = Duration.ofMinutes(10);

    /** However well a host tells what changed, everything is read anew now and then. */
    private static final Duration READ_AGAIN = Duration.ofHours(1);

    private static final String TROUBLE = "trouble: ";

    private final Workplace workplace;
    private final boolean merge;
    private final Map<Integer, Watched> open = new TreeMap<>();
    private final Set<Integer> troubled = new TreeSet<>();

    /** Those that the host told of since: somebody may have touched what was said of them. */
    private final Set<Integer> touched = new TreeSet<>();

    /** What was said when the host last refused to merge a proposal: it is not asked again while that is so. */
    private final Map<Integer, String> refused = new TreeMap<>();

    private Optional<CommitId> target = Optional.empty();
    private String cursor = "";
    private Instant read = Instant.MIN;
    private Instant judged = Instant.MIN;

    /** @param merge whether to merge what passes */
    public Watcher(Workplace workplace, boolean merge) {
        this.workplace = workplace;
        this.merge = merge;
    }

    private record Watched(Proposal proposal, Optional<String> said) {}

    /**
     * Something to tell.
     *
     * @param number the proposal
     * @param title its title
     * @param what what happened: a verdict and what is next, a merge, or trouble
     */
    public record Event(int number, String title, String what) {
        /** Whether something could not be done. */
        public boolean isTrouble() {
            return what.startsWith(TROUBLE);
        }
    }

    /** Looks once: reads what changed, judges it, says what is new. What cannot be done for one proposal is tried again. */
    public List<Event> look() {
        Instant now = workplace.clock().instant();
        Set<Integer> changed = changed(now);
        List<Event> events = new ArrayList<>();
        changed.forEach(number -> attempt(number, events, () -> read(number)));
        if (!changed.isEmpty() || isDue(judged, JUDGE_AGAIN, now)) {
            workplace.repository().refreshNow();
        }
        boolean again;
        do {
            CommitId present = workplace.target();
            boolean all = !target.equals(Optional.of(present)) || isDue(judged, JUDGE_AGAIN, now);
            target = Optional.of(present);
            judged = all ? now : judged;
            again = judge(all ? new TreeSet<>(open.keySet()) : changed, events);
        } while (again);
        return events;
    }

    private static boolean isDue(Instant last, Duration interval, Instant now) {
        return last.equals(Instant.MIN) || !now.isBefore(last.plus(interval));
    }

    private Set<Integer> changed(Instant now) {
        boolean anew = isDue(read, READ_AGAIN, now);
        if (isDue(judged, JUDGE_AGAIN, now)) {
            refused.clear();
        }
        Changes changes = workplace.host().changes(anew ? "" : cursor);
        cursor = changes.cursor();
        Set<Integer> changed = new TreeSet<>(changes.proposals());
        refused.keySet().removeAll(changed);
        touched.addAll(changed);
        if (anew) {
            read = now;
            changed.addAll(open.keySet());
        }
        changed.addAll(troubled);
        troubled.clear();
        return changed;
    }

    private void read(int number) {
        try {
            Proposal proposal = workplace.host().read(number);
            if (proposal.state() == Proposal.State.OPEN) {
                Optional<String> said = Optional.ofNullable(open.get(number)).flatMap(Watched::said);
                open.put(number, new Watched(proposal, said));
            } else {
                open.remove(number);
            }
        } catch (RegistryException e) {
            open.remove(number);
            if (e.kind() != RegistryException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Judges these, and says whether a merge moved the target, so that the others have to be judged again. */
    private boolean judge(Set<Integer> numbers, List<Event> events) {
        for (int number : numbers) {
            Optional<Watched> watched = Optional.ofNullable(open.get(number));
            int before = events.size();
            watched.ifPresent(each -> attempt(number, events, () -> judge(each, events)));
            if (events.size() > before && !open.containsKey(number) && !troubled.contains(number)) {
                return true;
            }
        }
        return false;
    }

    private void judge(Watched watched, List<Event> events) {
        Proposal proposal = watched.proposal();
        Verdict verdict = workplace.judging().judge(target.orElseThrow(), proposal);
        int number = proposal.number();
        String report = Report.render(verdict, OutputFormat.MARKDOWN, OptionalInt.of(number));
        // not anew for each commit of the target branch: the same verdict stands
        String saying =
                proposal.head() + " " + report.replace(target.orElseThrow().abbreviated(), "");
        boolean said = watched.said().equals(Optional.of(saying));
        if (said && touched.remove(number)) {
            restore(proposal, verdict, report);
        }
        if (!said) {
            touched.remove(number);
            new Publishing(workplace).say(proposal, verdict);
            workplace.host().comment(number, Report.MARKER, report);
            open.put(number, new Watched(proposal, Optional.of(saying)));
            events.add(new Event(
                    number, proposal.title(), verdict.outcome().word() + ": " + String.join(" ", verdict.next())));
        }
        boolean mayMerge = merge && verdict.outcome() == Verdict.Outcome.PASS;
        if (mayMerge && !saying.equals(refused.put(number, saying))) {
            Submission submission = new Merging(workplace).merge(number);
            submission.merged().ifPresent(commit -> {
                refused.remove(number);
                open.remove(number);
                events.add(new Event(number, proposal.title(), "merged as " + commit.abbreviated()));
            });
        }
    }

    /** Whoever can write can edit the comment or set the status too: what was said is said again where it does not stand. */
    private void restore(Proposal proposal, Verdict verdict, String report) {
        new Publishing(workplace).restore(proposal, verdict);
        workplace.host().comment(proposal.number(), Report.MARKER, report);
    }

    private void attempt(int number, List<Event> events, Runnable work) {
        try {
            work.run();
        } catch (RegistryException e) {
            troubled.add(number);
            if (e.kind() != RegistryException.Kind.CONFLICT) {
                refused.remove(number);
            }
            String title = Optional.ofNullable(open.get(number))
                    .map(each -> each.proposal().title())
                    .orElse("");
            events.add(new Event(number, title, TROUBLE + e.getMessage() + " " + e.remedy()));
        }
    }
}
