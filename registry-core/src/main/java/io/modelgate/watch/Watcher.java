package io.modelgate.watch;

import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Gate;
import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitId;
import io.modelgate.host.Changes;
import io.modelgate.host.Proposal;
import io.modelgate.host.RetargetedException;
import io.modelgate.promotion.Merging;
import io.modelgate.promotion.Publishing;
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
import java.util.function.Consumer;

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

    /** What was last taken back of proposals that are for other branches now: where to, and of which head. */
    private final Map<Integer, String> takenBack = new TreeMap<>();

    /** What was said of proposals that cannot be read. */
    private final Map<Integer, String> unreadable = new TreeMap<>();

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

    /** Looks once, and gives what is new. */
    public List<Event> look() {
        List<Event> events = new ArrayList<>();
        look(events::add);
        return events;
    }

    /**
     * Looks once: reads what changed and judges it, one proposal after the other. What cannot be done for one is tried again.
     * USAGE where registry.yaml names another user as the gate.
     *
     * @param tell told what is new as soon as it is
     */
    public void look(Consumer<Event> tell) {
        new Publishing(workplace).requireGate();
        Instant now = workplace.clock().instant();
        Set<Integer> changed = changed(now);
        Set<Integer> unread = new TreeSet<>(changed);
        if (!changed.isEmpty() || isDue(judged, JUDGE_AGAIN, now)) {
            workplace.repository().refreshNow();
        }
        boolean again;
        do {
            CommitId present = workplace.target();
            boolean all = !target.equals(Optional.of(present)) || isDue(judged, JUDGE_AGAIN, now);
            target = Optional.of(present);
            judged = all ? now : judged;
            Set<Integer> due = new TreeSet<>(all ? open.keySet() : changed);
            due.addAll(unread);
            again = walk(due, unread, tell);
        } while (again);
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

    /** Reads and judges these, and says whether a merge moved the target, so that the others have to be judged again. */
    private boolean walk(Set<Integer> numbers, Set<Integer> unread, Consumer<Event> tell) {
        for (int number : numbers) {
            boolean mustRead = unread.remove(number);
            boolean[] merged = new boolean[1];
            attempt(number, tell, () -> {
                if (mustRead) {
                    read(number, tell);
                }
                Optional<Watched> watched = Optional.ofNullable(open.get(number));
                merged[0] = watched.isPresent() && judge(watched.get(), tell);
            });
            if (merged[0]) {
                return true;
            }
        }
        return false;
    }

    private void read(int number, Consumer<Event> tell) {
        try {
            Proposal proposal = workplace.host().read(number);
            takenBack.remove(number);
            unreadable.remove(number);
            if (proposal.state() == Proposal.State.OPEN) {
                Optional<String> said = Optional.ofNullable(open.get(number)).flatMap(Watched::said);
                open.put(number, new Watched(proposal, said));
            } else {
                open.remove(number);
            }
        } catch (RetargetedException e) {
            takeBack(e, tell);
        } catch (RegistryException e) {
            open.remove(number);
            if (e.kind() == RegistryException.Kind.INTEGRITY) {
                refuse(number, e, tell);
            } else if (e.kind() != RegistryException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** A proposal that is for another branch now shall not go on showing a verdict that was for this one. */
    private void takeBack(RetargetedException elsewhere, Consumer<Event> tell) {
        int number = elsewhere.number();
        Optional<Proposal> known = Optional.ofNullable(open.remove(number)).map(Watched::proposal);
        Optional<CommitId> head = elsewhere.head().or(() -> known.map(Proposal::head));
        String where = elsewhere.into() + " " + head.map(CommitId::toString).orElse("");
        if (where.equals(takenBack.get(number))) {
            return;
        }
        boolean shared = open.values().stream()
                .anyMatch(other -> head.equals(Optional.of(other.proposal().head())));
        boolean spoke = new Publishing(workplace)
                .takeBack(
                        elsewhere,
                        Report.MARKER,
                        Report.retargeted(number, elsewhere.into()),
                        shared ? Optional.empty() : head);
        takenBack.put(number, where);
        if (spoke) {
            tell.accept(new Event(
                    number,
                    known.map(Proposal::title).orElse(""),
                    "asks to be merged into " + elsewhere.into() + " now: the verdict is taken back"));
        }
    }

    /** What nobody can read does not pass, and whoever proposed it reads why; it is looked at again when it changes. */
    private void refuse(int number, RegistryException wrong, Consumer<Event> tell) {
        Optional<Proposal> listed = workplace.host().list(Proposal.State.OPEN).stream()
                .filter(each -> each.number() == number)
                .findFirst();
        if (listed.isPresent()) {
            Optional<String> said = Optional.ofNullable(unreadable.get(number));
            Verdict verdict = Gate.unreadable(
                    workplace.repository().snapshot(workplace.target()),
                    listed.get().head(),
                    workplace.clock().instant(),
                    wrong);
            unreadable.put(number, say(new Watched(listed.get(), said), verdict, tell));
            open.remove(number);
        }
    }

    /** Judges one, and merges it where that is wanted; whether it was merged. */
    private boolean judge(Watched watched, Consumer<Event> tell) {
        Proposal proposal = watched.proposal();
        Verdict verdict = workplace.judging().judge(target.orElseThrow(), proposal);
        int number = proposal.number();
        String saying = say(watched, verdict, tell);
        boolean mayMerge = merge && verdict.outcome() == Verdict.Outcome.PASS;
        if (!mayMerge || saying.equals(refused.put(number, saying))) {
            return false;
        }
        Optional<CommitId> merged = new Merging(workplace).merge(number).merged();
        merged.ifPresent(commit -> {
            refused.remove(number);
            open.remove(number);
            tell.accept(new Event(number, proposal.title(), "merged as " + commit.abbreviated()));
        });
        return merged.isPresent();
    }

    /** Says a verdict on the host where it is new, and sees that an old one stands; what was said. */
    private String say(Watched watched, Verdict verdict, Consumer<Event> tell) {
        Proposal proposal = watched.proposal();
        int number = proposal.number();
        String report = Report.render(verdict, OutputFormat.MARKDOWN, OptionalInt.of(number));
        // not anew for each commit of the target branch: the same verdict stands
        String saying =
                proposal.head() + " " + report.replace(verdict.basis().target().abbreviated(), "");
        boolean said = watched.said().equals(Optional.of(saying));
        if (said && touched.remove(number)) {
            restore(proposal, verdict, report);
        }
        if (!said) {
            touched.remove(number);
            new Publishing(workplace).say(proposal, verdict);
            workplace.host().comment(number, Report.MARKER, report);
            open.put(number, new Watched(proposal, Optional.of(saying)));
            tell.accept(new Event(
                    number, proposal.title(), verdict.outcome().word() + ": " + String.join(" ", verdict.next())));
        }
        return saying;
    }

    /** Whoever can write can edit the comment or set the status too: what was said is said again where it does not stand. */
    private void restore(Proposal proposal, Verdict verdict, String report) {
        new Publishing(workplace).restore(proposal, verdict);
        workplace.host().comment(proposal.number(), Report.MARKER, report);
    }

    private void attempt(int number, Consumer<Event> tell, Runnable work) {
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
            tell.accept(new Event(number, title, TROUBLE + e.getMessage() + " " + e.remedy()));
        }
    }
}
