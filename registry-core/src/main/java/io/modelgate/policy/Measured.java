package io.modelgate.policy;

import io.modelgate.evidence.Attribute;
import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.Evidence;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Suggestion;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What registered versions really measure: the names, data, parts and sizes in their evaluations and fairness reports. */
public final class Measured {
    private final Set<SeenMetric> metrics = new LinkedHashSet<>();
    private final TreeMap<String, Set<String>> groups = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final TreeMap<String, Double> largest = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<DatasetRole> fairnessRoles = new TreeSet<>();
    private final Set<String> methods = new TreeSet<>();

    /** Takes in what the reports of a version measure. */
    public void add(Evidence evidence) {
        evidence.evaluations().forEach(this::add);
        evidence.fairness().forEach(report -> {
            fairnessRoles.add(report.measurement().dataset().role());
            report.attributes().forEach(this::add);
        });
        evidence.version().facts().explainability().forEach(each -> methods.add(each.method()));
    }

    private void add(Evaluation evaluation) {
        evaluation.metrics().forEach(each -> metrics.add(SeenMetric.of(evaluation, each)));
    }

    private void add(Attribute attribute) {
        Set<String> names = groups.computeIfAbsent(attribute.name(), name -> new TreeSet<>());
        attribute.groups().forEach(group -> {
            names.add(group.name());
            largest.merge(attribute.name(), group.n(), Math::max);
        });
    }

    /** Whether any evaluation is known. */
    boolean knowsMetrics() {
        return !metrics.isEmpty();
    }

    /** What is doubtful about the metric, data, part or interval that a rule asks for; nothing where no report is known. */
    Optional<Doubt> metric(MetricRequirement rule) {
        if (metrics.isEmpty()) {
            return Optional.empty();
        }
        List<SeenMetric> named =
                metrics.stream().filter(each -> each.id().equals(rule.metric())).toList();
        if (named.isEmpty()) {
            Set<String> ids = metrics.stream().map(SeenMetric::id).collect(Collectors.toCollection(TreeSet::new));
            return Optional.of(unmeasured("the metric " + rule.metric(), meant(rule.metric(), ids)));
        }
        List<SeenMetric> onData =
                named.stream().filter(each -> each.role() == rule.dataset()).toList();
        if (onData.isEmpty()) {
            return Optional.of(unmeasured(
                    rule.metric() + " on " + rule.dataset().word() + " data",
                    "; it is measured on " + words(named.stream().map(SeenMetric::role)) + " data."));
        }
        List<SeenMetric> parts = onData.stream()
                .filter(each -> rule.slices().include(each.slice()))
                .toList();
        if (parts.isEmpty()) {
            return Optional.of(unmeasured(rule.title() + " data", "."));
        }
        boolean certain = rule.certainty().isPoint()
                || parts.stream()
                        .anyMatch(each -> each.level() >= rule.certainty().level());
        return certain
                ? Optional.empty()
                : Optional.of(new Doubt(
                        "unmeasured",
                        "asks for the interval of " + rule.title() + " data at level "
                                + Shown.number(rule.certainty().level())
                                + ", which no version that is live reports, and no confusion matrix gives.",
                        "Write mode: point, or have the interval reported."));
    }

    /** What is doubtful about the data that evaluations must be on. */
    Optional<Doubt> evaluationData(DatasetRole asked) {
        Set<DatasetRole> known = metrics.stream().map(SeenMetric::role).collect(Collectors.toCollection(TreeSet::new));
        return data("an evaluation", asked, known);
    }

    /** What is doubtful about the data that fairness reports must be on. */
    Optional<Doubt> fairnessData(DatasetRole asked) {
        return data("a fairness report", asked, fairnessRoles);
    }

    private static Optional<Doubt> data(String what, DatasetRole asked, Set<DatasetRole> known) {
        return known.isEmpty() || known.contains(asked)
                ? Optional.empty()
                : Optional.of(unmeasured(
                        what + " on " + asked.word() + " data",
                        "; there are some on " + words(known.stream()) + " data."));
    }

    private static String words(Stream<DatasetRole> roles) {
        return roles.map(DatasetRole::word).distinct().sorted().collect(Collectors.joining(", "));
    }

    /** What is doubtful about an attribute that a rule asks for; nothing where no report is known. */
    Optional<Doubt> attribute(String asked) {
        return groups.isEmpty() || groups.containsKey(asked)
                ? Optional.empty()
                : Optional.of(unmeasured("the attribute " + asked, meant(asked, groups.keySet())));
    }

    /** What is doubtful about a group that others are compared with. */
    Optional<Doubt> group(String attribute, String asked) {
        Set<String> known = groups.getOrDefault(attribute, Set.of());
        return known.isEmpty() || known.contains(asked)
                ? Optional.empty()
                : Optional.of(unmeasured("the group " + asked + " of " + attribute, meant(asked, known)));
    }

    /** What is doubtful about the size that groups of an attribute must have. */
    Optional<Doubt> groupSize(String attribute, long asked) {
        return Optional.ofNullable(largest.get(attribute))
                .filter(size -> size < asked)
                .map(size -> new Doubt(
                        "unmeasured",
                        "judges only groups of " + asked + " people or more, and the largest of " + attribute
                                + " that a version that is live measures has " + Shown.number(size) + ".",
                        "Lower minGroupSize, or have more people measured."));
    }

    /** What is doubtful about the only methods of explaining that count: one may stand for what is to come, all may not. */
    List<Doubt> methods(List<String> asked) {
        boolean some = asked.stream().anyMatch(methods::contains);
        return asked.stream()
                .filter(each -> !methods.isEmpty() && !methods.contains(each))
                .filter(each -> !some || Suggestion.nearest(each, methods).isPresent())
                .map(each -> new Doubt(
                        "unmeasured",
                        "counts the method " + each + ", by which no version that is live explains itself"
                                + Suggestion.nearest(each, methods)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("; known are " + String.join(", ", methods) + "."),
                        "Write the name that the manifests use, or have it explained so."))
                .toList();
    }

    private static String meant(String asked, Collection<String> known) {
        List<String> factors = factors(asked);
        return known.stream()
                .filter(each -> factors(each).equals(factors))
                .findFirst()
                .or(() -> Suggestion.nearest(asked, known))
                .map(word -> "; did you mean " + word + "?")
                .orElse(".");
    }

    private static List<String> factors(String attribute) {
        return Arrays.stream(attribute.split("\\*", -1))
                .map(String::strip)
                .sorted()
                .toList();
    }

    private static Doubt unmeasured(String what, String rest) {
        return new Doubt(
                "unmeasured",
                "asks for " + what + ", which no version that is live measures" + rest,
                "Write the name that the reports use, or have it measured.");
    }
}
