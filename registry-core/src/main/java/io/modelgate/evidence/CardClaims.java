package io.modelgate.evidence;

import io.modelgate.manifest.FindingList;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Metrics in the front matter of a card that contradict every evaluation of the version on the same data. People read the card,
 * policies the evaluations: they must not be told different things.
 */
final class CardClaims {
    private final List<Evaluation> evaluations;
    private final FindingList problems;

    private CardClaims(List<Evaluation> evaluations, FindingList problems) {
        this.evaluations = evaluations;
        this.problems = problems;
    }

    private record Measured(Evaluation evaluation, Metric metric, double value) {}

    /** Adds a finding for each metric of the card that no evaluation of the same data confirms. */
    static void find(Card card, List<Evaluation> evaluations, FindingList problems) {
        CardClaims claims = new CardClaims(evaluations, problems);
        card.frontMatter()
                .map(ModelIndex::of)
                .ifPresent(index -> index.results()
                        .forEach(result -> result.metrics().forEach(claim -> claims.check(result, claim))));
    }

    private void check(ModelIndex.Result result, ModelIndex.Claim claim) {
        Optional<Node> written = claim.value();
        OptionalDouble said = written.map(each -> WrittenValue.of(each, MetricStatus.UNDEFINED))
                .map(MetricValue::number)
                .orElse(OptionalDouble.empty());
        if (said.isEmpty() || claim.type().isEmpty()) {
            return;
        }
        List<Measured> measured = evaluations.stream()
                .filter(each -> isOnSameData(result, each))
                .flatMap(each -> measured(each, claim))
                .toList();
        if (measured.isEmpty() || measured.stream().anyMatch(each -> confirms(each, said.getAsDouble()))) {
            return;
        }
        Measured first = measured.get(0);
        problems.add(
                "evidence/card",
                written.get().place(),
                "the card says that " + first.metric().label() + " is " + Numbers.text(said.getAsDouble())
                        + ", the evaluation " + first.evaluation().id() + " of the same data says "
                        + Numbers.text(first.value()),
                "Write " + Numbers.text(first.value()) + " in the card, or name the other data there.");
    }

    private static Stream<Measured> measured(Evaluation evaluation, ModelIndex.Claim claim) {
        String type = folded(claim.type().orElse(""));
        return evaluation.metrics().stream()
                .filter(each -> folded(each.id()).equals(type) && each.slice().equals(claim.slice()))
                .flatMap(each ->
                        each.value().number().stream().mapToObj(value -> new Measured(evaluation, each, value)));
    }

    /** Cards often have percentages of what is a share. */
    private static boolean confirms(Measured measured, double said) {
        boolean percent = said > 1
                && KnownMetric.of(measured.metric().id())
                        .filter(each -> each.highest() == 1)
                        .isPresent();
        return Contradictions.isSame(measured.value(), percent ? said / 100 : said);
    }

    /** The card may name the data, or the data set that its split is taken from: {@code german} and {@code german-test}. */
    private static boolean isOnSameData(ModelIndex.Result result, Evaluation evaluation) {
        String measured = folded(evaluation.measurement().dataset().name());
        String split = result.split().map(each -> "_" + folded(each)).orElse("");
        return result.role().stream().allMatch(each -> each == evaluation.role())
                && Stream.of(result.name(), result.type())
                        .flatMap(Optional::stream)
                        .map(CardClaims::folded)
                        .anyMatch(each -> measured.equals(each) || measured.equals(each + split));
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
    }
}
