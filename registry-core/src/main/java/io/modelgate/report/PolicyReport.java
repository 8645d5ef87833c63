package io.modelgate.report;

import io.modelgate.finding.Finding;
import io.modelgate.gate.PolicyImpact;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.policy.AppliesTo;
import io.modelgate.policy.PolicyExplanation;
import io.modelgate.policy.RuleResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes which rules apply, and what changed policies would do. */
public final class PolicyReport {
    private static final int MOST_REASONS = 10;

    private PolicyReport() {}

    /** For people: each policy that applies with its rules and why; then those that do not, and why not. */
    public static List<String> text(PolicyExplanation explanation) {
        List<String> lines = new ArrayList<>();
        for (PolicyExplanation.Considered each : explanation.policies()) {
            if (!each.applies()) {
                continue;
            }
            lines.add(each.policy().name() + " applies: "
                    + each.parts().stream().map(AppliesTo.Part::words).collect(Collectors.joining("; ")));
            for (PolicyExplanation.Asked asked : each.rules()) {
                lines.add("  " + asked.rule().id() + " ("
                        + asked.rule().severity().word()
                        + (asked.rule().waivable() ? ", waivable): " : ", not waivable): ")
                        + asked.rule().requirement().title() + ": "
                        + asked.rule().requirement().bound());
                asked.rule().requirement().details().forEach(detail -> lines.add("      " + detail));
                lines.add("      " + asked.rule().why().rationale());
                asked.rule().why().basis().ifPresent(basis -> lines.add("      " + basis));
                asked.waiver()
                        .ifPresent(waiver ->
                                lines.add("      waived until " + waiver.expires() + " by the waiver " + waiver.id()
                                        + waiver.version()
                                                .map(version -> " for " + version)
                                                .orElse("")));
            }
        }
        if (lines.isEmpty()) {
            lines.add("No policy applies to " + explanation.model().name() + " in " + explanation.stage() + ".");
        }
        for (PolicyExplanation.Considered each : explanation.policies()) {
            each.parts().stream()
                    .filter(part -> !part.matches())
                    .findFirst()
                    .ifPresent(part -> lines.add(
                            each.policy().name() + " does not apply: " + part.words() + ", but " + part.actual()));
        }
        return lines;
    }

    /** For programs. */
    public static Node.Mapping document(PolicyExplanation explanation) {
        return new MappingBuilder()
                .text("model", explanation.model().name())
                .text("stage", explanation.stage())
                .put(
                        "policies",
                        MappingBuilder.sequence(explanation.policies().stream()
                                .map(PolicyReport::document)
                                .toList()))
                .build();
    }

    private static Node.Mapping document(PolicyExplanation.Considered each) {
        return new MappingBuilder()
                .text("policy", each.policy().name())
                .bool("applies", each.applies())
                .put(
                        "because",
                        MappingBuilder.sequence(each.parts().stream()
                                .map(part -> new MappingBuilder()
                                        .text("says", part.words())
                                        .bool("matches", part.matches())
                                        .text("actual", part.actual())
                                        .build())
                                .toList()))
                .put(
                        "rules",
                        MappingBuilder.sequence(each.rules().stream()
                                .map(asked -> new MappingBuilder()
                                        .text("rule", asked.rule().id())
                                        .text(
                                                "severity",
                                                asked.rule().severity().word())
                                        .text(
                                                "title",
                                                asked.rule().requirement().title())
                                        .text(
                                                "bound",
                                                asked.rule().requirement().bound())
                                        .texts(
                                                "details",
                                                asked.rule().requirement().details())
                                        .bool("waivable", asked.rule().waivable())
                                        .text("rationale", asked.rule().why().rationale())
                                        .text("basis", asked.rule().why().basis())
                                        .text("waiver", asked.waiver().map(waiver -> waiver.id()))
                                        .build())
                                .toList()))
                .build();
    }

    /** For people: what would fail that passes, what would pass that fails, what fails in both. */
    public static List<String> text(PolicyImpact.Impact impact) {
        List<String> lines = new ArrayList<>();
        if (impact.policies().isEmpty()) {
            return List.of("The policies do not differ from those of the registry.");
        }
        Table table = new Table("", "STAGE", "VERSION", "RULE", "NOW", "THEN", "VALUE", "REQUIRED");
        for (PolicyImpact.Effect effect : impact.effects()) {
            Optional<RuleResult> shown = effect.after().or(effect::before);
            table.row(
                    effect.breaks() ? "BREAKS" : effect.mends() ? "mends" : "",
                    effect.stage(),
                    effect.version(),
                    effect.rule(),
                    word(effect.before()),
                    word(effect.after()),
                    shown.map(each -> each.line().value()).orElse(""),
                    shown.map(each -> each.line().bound()).orElse(""));
        }
        if (!impact.effects().isEmpty()) {
            lines.addAll(table.lines(0));
        }
        lines.addAll(reasons(impact));
        impact.unreadable().forEach(finding -> lines.add("could not be judged: " + finding));
        lines.add("Changed: " + String.join(", ", impact.policies()) + ". Live versions they apply to: "
                + impact.live() + "; rules that break: " + count(impact, true) + ", that are mended: "
                + count(impact, false) + ".");
        return lines;
    }

    /** Why rules break, by stage and version: the first reason of each, then the second of each, and so on. */
    private static List<String> reasons(PolicyImpact.Impact impact) {
        Map<String, List<String>> byVersion = new LinkedHashMap<>();
        impact.effects().stream().filter(PolicyImpact.Effect::breaks).forEach(effect -> {
            String where = effect.stage() + " " + effect.version() + " ";
            List<String> reasons = byVersion.computeIfAbsent(where, version -> new ArrayList<>());
            effect.reasons().forEach(reason -> reasons.add(where + effect.rule() + ": " + reason));
        });
        int longest = byVersion.values().stream().mapToInt(List::size).max().orElse(0);
        List<String> spread = IntStream.range(0, longest)
                .boxed()
                .flatMap(turn -> byVersion.values().stream()
                        .filter(reasons -> turn < reasons.size())
                        .map(reasons -> reasons.get(turn)))
                .toList();
        List<String> shown = new ArrayList<>(spread.subList(0, Math.min(spread.size(), MOST_REASONS)));
        if (spread.size() > MOST_REASONS) {
            shown.add((spread.size() - MOST_REASONS) + " more reasons; -o json has them all.");
        }
        return shown;
    }

    private static long count(PolicyImpact.Impact impact, boolean breaks) {
        return impact.effects().stream()
                .filter(effect -> breaks ? effect.breaks() : effect.mends())
                .count();
    }

    /** For programs. */
    public static Node.Mapping document(PolicyImpact.Impact impact) {
        return new MappingBuilder()
                .texts("policies", impact.policies())
                .number("live", (long) impact.live())
                .put(
                        "effects",
                        MappingBuilder.sequence(impact.effects().stream()
                                .map(effect -> new MappingBuilder()
                                        .text("stage", effect.stage())
                                        .text("version", effect.version())
                                        .text("rule", effect.rule())
                                        .text(
                                                "before",
                                                effect.before()
                                                        .map(each ->
                                                                each.outcome().word()))
                                        .text(
                                                "after",
                                                effect.after()
                                                        .map(each ->
                                                                each.outcome().word()))
                                        .bool("breaks", effect.breaks())
                                        .text(
                                                "value",
                                                effect.after()
                                                        .map(each -> each.line().value()))
                                        .text(
                                                "bound",
                                                effect.after()
                                                        .map(each -> each.line().bound()))
                                        .texts("reasons", effect.reasons())
                                        .build())
                                .toList()))
                .put(
                        "unreadable",
                        MappingBuilder.sequence(impact.unreadable().stream()
                                .map(VerdictDocument::finding)
                                .toList()))
                .build();
    }

    /** Findings, for programs. */
    public static Node.Sequence findings(List<Finding> findings) {
        return MappingBuilder.sequence(
                findings.stream().map(VerdictDocument::finding).toList());
    }

    private static String word(Optional<RuleResult> result) {
        return result.map(each -> each.outcome().word()).orElse("-");
    }
}
