package io.modelgate.policy;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.StagePointer.Reason;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nothing moves in these times, hotfixes excepted where the rule says so. Going back is always possible.
 *
 * @param windows days of the calendar
 * @param weekly days of every week
 * @param zone whose days they are
 * @param allowHotfix whether a promotion with {@code reason: hotfix} may pass
 */
record FreezeRequirement(List<FreezeWindow> windows, List<FreezeWindow> weekly, ZoneId zone, boolean allowHotfix)
        implements Requirement {
    private static final int MOST_STEPS = 400;

    FreezeRequirement {
        windows = List.copyOf(windows);
        weekly = List.copyOf(weekly);
    }

    static Optional<FreezeRequirement> of(Fields fields) {
        List<FreezeWindow> windows = fields.children("windows").stream()
                .flatMap(each -> FreezeWindow.Days.of(each).stream())
                .map(FreezeWindow.class::cast)
                .toList();
        List<FreezeWindow> weekly = fields.children("weekly").stream()
                .flatMap(each -> FreezeWindow.Weekly.of(each).stream())
                .map(FreezeWindow.class::cast)
                .toList();
        Optional<ZoneId> zone =
                fields.has("zone") ? fields.parsed("zone", FreezeRequirement::zone) : Optional.of(ZoneOffset.UTC);
        boolean hotfix = fields.bool("allowHotfix", true);
        if (!fields.has("windows") && !fields.has("weekly")) {
            fields.refuse("zone", "The rule names no time.", "Write windows or weekly.");
        }
        return zone.map(present -> new FreezeRequirement(windows, weekly, present, hotfix));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + name + "' is no time zone; write one like Europe/Berlin", e);
        }
    }

    @Override
    public String title() {
        return "no freeze";
    }

    @Override
    public boolean holdsForRollback() {
        return false;
    }

    @Override
    public boolean isAboutVersion() {
        return false;
    }

    @Override
    public List<String> details() {
        return Stream.concat(windows.stream(), weekly.stream())
                .map(window -> window + ", " + zone)
                .toList();
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        Set<DayOfWeek> whole = weekly.stream()
                .map(FreezeWindow::wholeDays)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        if (whole.size() == DayOfWeek.values().length) {
            return List.of(new Doubt(
                    "never-passes",
                    "can never pass: it freezes every day of the week"
                            + (allowHotfix ? ", for all but hotfixes." : "."),
                    "Leave a day on which something may enter."));
        }
        boolean over = weekly.isEmpty()
                && windows.stream()
                        .noneMatch(window ->
                                window.isAhead(context.now().atZone(zone).toLocalDateTime()));
        return over ? List.of(Doubt.neverFails("all its windows are over")) : List.of();
    }

    @Override
    public String bound() {
        return allowHotfix ? "outside of freezes, or a hotfix" : "outside of freezes";
    }

    @Override
    public Judgement judge(JudgeContext context) {
        Place place = Place.file(new RegistryPath.PointerFile(
                        context.stage(), context.evidence().id().model())
                .path());
        Optional<FreezeWindow> frozen = at(context.now());
        if (frozen.isEmpty()) {
            return Judgement.pass("no freeze", bound(), place);
        }
        if (allowHotfix && context.occasion().reason() == Reason.HOTFIX) {
            return Judgement.pass("hotfix in " + frozen.get(), bound(), place);
        }
        String until = thaw(context.now())
                .map(time -> "Wait until " + time + ", then run 'modelgate merge'")
                .orElse("Wait until the freeze is over");
        return Judgement.pending(
                "frozen",
                bound(),
                place,
                "It is " + frozen.get() + ": nothing enters " + context.stage() + " now.",
                until + (allowHotfix ? "; what cannot wait is promoted with '--hotfix'." : "."));
    }

    private Optional<FreezeWindow> at(Instant time) {
        return Stream.concat(windows.stream(), weekly.stream())
                .filter(window -> window.contains(time.atZone(zone).toLocalDateTime()))
                .findFirst();
    }

    /** When nothing is frozen any more; empty when that is more than a year off. */
    private Optional<Instant> thaw(Instant now) {
        Instant time = now;
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<FreezeWindow> window = at(time);
            if (window.isEmpty()) {
                return Optional.of(time);
            }
            time = window.get()
                    .end(time.atZone(zone).toLocalDateTime())
                    .atZone(zone)
                    .toInstant();
        }
        return Optional.empty();
    }
}
