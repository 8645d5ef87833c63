package io.modelgate.policy;

import io.modelgate.evidence.Card;
import io.modelgate.evidence.CardNeeds;
import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.Measurements;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionFacts;
import io.modelgate.manifest.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What policies ask of a card, apart from everything else. */
public final class CardCheck {
    private CardCheck() {}

    /** Judges a card by the card rules of a model in a stage. */
    public static List<RuleResult> judge(
            Policies policies, RegistryConfig registry, Model model, Stage stage, Card card, Instant now) {
        Artifact nothing = new Artifact("model", Digest.of("card check"), 1, Optional.empty());
        ModelVersion version = ModelVersion.of(
                new VersionId(model.name(), Version.parse("0.0.0")),
                List.of(nothing),
                Optional.empty(),
                VersionFacts.NONE);
        Evidence evidence = new Evidence(
                model,
                version,
                version.toFile().digest(),
                Optional.of(card),
                Measurements.NONE,
                Optional.empty(),
                Optional.empty());
        Circumstances alone = Circumstances.NONE;
        JudgeContext context = new JudgeContext(
                evidence,
                Optional.empty(),
                stage,
                new JudgeContext.Occasion(now, alone.reason()),
                alone.review(),
                registry,
                alone.around(evidence));
        return policies.judge(context, rule -> rule.requirement() instanceof CardRequirement);
    }

    /** What some policy asks of a model's card in some stage. */
    public static CardNeeds needs(Policies policies, RegistryConfig registry, Model model) {
        Set<String> sections = new TreeSet<>();
        Set<String> frontMatter = new TreeSet<>();
        for (Stage stage : registry.stages()) {
            policies.applying(stage, model).forEach(each -> {
                if (each.rule().requirement() instanceof CardRequirement card) {
                    sections.addAll(card.sections());
                    frontMatter.addAll(card.frontMatter());
                }
            });
        }
        return new CardNeeds(sections, frontMatter);
    }
}
