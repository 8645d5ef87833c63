package io.modelgate.importer;

import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AIF360's JSON explainers. The value is only at the end of {@code message}, and names of counts mean other things from one
 * metric to the next: a value is taken when the counts that are known to belong to the metric give it too.
 */
final class Aif360Explainers {
    private static final Pattern VALUE =
            Pattern.compile(".*: *(-?[0-9.]+(?:[eE][-+]?[0-9]+)?|-?nan|-?inf)\\s*", Pattern.DOTALL);

    private final Notes notes;
    private final ReportDraft draft;
    private final ImportContext context;
    private Aif360Sides.Counted unprivileged;
    private Aif360Sides.Counted privileged;
    private Optional<Double> labelRate = Optional.empty();

    /** A metric whose message and counts agree. */
    private record Agreed(String name, Node written, MetricValue computed, Meaning meaning) {}

    Aif360Explainers(Notes notes, ReportDraft draft, ImportContext context) {
        this.notes = notes;
        this.draft = draft;
        this.context = context;
        this.unprivileged = nobody();
        this.privileged = nobody();
    }

    static boolean recognises(Source source) {
        List<Node.Mapping> all = all(source);
        return !all.isEmpty()
                && all.stream()
                        .allMatch(each -> each.get("metric").isPresent()
                                && each.get("message").isPresent());
    }

    /** The explainers of a list, or of a mapping by name. */
    private static List<Node.Mapping> all(Source source) {
        Optional<Node.Mapping> byName = source.object();
        if (byName.isEmpty()) {
            return source.rows();
        }
        List<Node.Mapping> all = byName.get().entries().values().stream()
                .flatMap(each -> Trees.mapping(each).stream())
                .toList();
        return all.size() == byName.get().entries().size() ? all : List.of();
    }

    void read(Source source) {
        List<Agreed> agreed = new ArrayList<>();
        List<Node.Mapping> all = all(source);
        all.stream()
                .filter(each -> name(each).equals("mean_difference"))
                .forEach(each -> labelRate = ExplainerCounts.of(name(each)).flatMap(counts -> counts.selection(each)));
        for (Node.Mapping each : all) {
            agreed(each).ifPresent(agreed::add);
        }
        Optional<Aif360Sides> sides = agreed.isEmpty()
                ? Optional.empty()
                : Aif360Sides.of(Optional.empty(), unprivileged, privileged, context, notes);
        sides.ifPresent(known -> {
            draft.attribute(known.attribute());
            agreed.forEach(each -> value(known, each));
            if (known.unprivileged().isEmpty()) {
                notes.warn(
                        "labels",
                        source.place(),
                        "explainers of labels look like those of predictions: nothing here shows that a model was measured",
                        "Give average_odds_difference too, whose counts show it, or the dump of metrics.");
            }
        });
        if (agreed.isEmpty() && !notes.refused()) {
            notes.refuse(
                    "nothing",
                    source.place(),
                    "no explainer is about predictions for two groups",
                    "Give the dump of metrics and confusion matrices instead.");
        }
    }

    private void value(Aif360Sides sides, Agreed agreed) {
        draft.value(new Told(
                agreed.meaning().metric(),
                sides.comparison(),
                agreed.name(),
                agreed.written(),
                agreed.meaning().ours(Trees.value(agreed.written(), MetricStatus.ERROR)),
                agreed.meaning().conversion() + ", from its message",
                sides.compute(agreed.meaning().metric())
                        .or(() -> Optional.of(agreed.meaning().ours(agreed.computed())))));
    }

    private static String name(Node.Mapping explainer) {
        return Trees.text(explainer, "metric")
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replace(' ', '_');
    }

    private Optional<Agreed> agreed(Node.Mapping explainer) {
        String written = Trees.text(explainer, "metric").orElse("");
        String name = name(explainer);
        Optional<ExplainerCounts> counts = ExplainerCounts.of(name);
        Optional<Node> value = value(explainer);
        Optional<Meaning> meaning = Aif360Names.meaning(name);
        if (meaning.isEmpty() || counts.isEmpty()) {
            notes.drop(written, "we have no metric of this meaning");
            return Optional.empty();
        }
        if (value.isEmpty()) {
            notes.drop(written, "its message does not end in a value");
            return Optional.empty();
        }
        Optional<MetricValue> computed = counts.get().compute(explainer);
        MetricValue said = Trees.value(value.get(), MetricStatus.ERROR);
        if (computed.isEmpty()) {
            notes.drop(written, "the counts that belong to it are not there");
            return Optional.empty();
        }
        if (computed.get().ok() && !close(computed.get(), said)) {
            notes.warn(
                    "disagrees",
                    explainer.place(),
                    "the message of " + written + " says " + said + ", but its counts give " + computed.get()
                            + "; neither is taken",
                    "Give the dump of metrics and confusion matrices instead.");
            notes.drop(written, "its message and its counts disagree");
            return Optional.empty();
        }
        return ofPredictions(written, name, explainer, counts.get())
                ? Optional.of(new Agreed(written, value.get(), computed.get(), meaning.get()))
                : Optional.empty();
    }

    /** Whether it is about predictions, as far as one can tell; keeps the counts if so. */
    private boolean ofPredictions(String written, String name, Node.Mapping explainer, ExplainerCounts counts) {
        boolean labels = counts.isSelection() && labelRate.isPresent() && labelRate.equals(counts.selection(explainer));
        if (labels || name.equals("mean_difference")) {
            notes.drop(written, "its counts are of labels, before any model");
            return false;
        }
        unprivileged = keep(unprivileged, counts.side(explainer, true));
        privileged = keep(privileged, counts.side(explainer, false));
        return true;
    }

    private static Aif360Sides.Counted keep(Aif360Sides.Counted earlier, Aif360Sides.Counted later) {
        return new Aif360Sides.Counted(
                earlier.n().or(later::n), earlier.counts().or(later::counts), later.place());
    }

    private static Aif360Sides.Counted nobody() {
        return new Aif360Sides.Counted(Optional.empty(), Optional.empty(), Place.NOWHERE);
    }

    private static Optional<Node> value(Node.Mapping explainer) {
        Optional<Node> message = explainer.get("message");
        Matcher matcher = VALUE.matcher(message.map(each -> each instanceof Node.Text text ? text.value() : "")
                .orElse(""));
        return matcher.matches()
                ? message.map(each -> new Node.Text(each.place(), matcher.group(1)))
                : Optional.empty();
    }

    private static boolean close(MetricValue computed, MetricValue said) {
        return said.ok()
                && Math.abs(computed.number().getAsDouble() - said.number().getAsDouble()) <= 1e-6;
    }
}
