package io.modelgate.report;

import io.modelgate.evidence.VersionDiff;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.Text;
import io.modelgate.gate.Verdict;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.policy.RuleResult;
import java.util.List;
import java.util.Optional;

/** A verdict as the fields that programs read; described by {@code report.schema.json}. Fields are only ever added. */
final class VerdictDocument {
    private static final String FORMAT = "modelgate.io/report/v1";

    private VerdictDocument() {}

    static Node.Mapping of(Verdict verdict) {
        return new MappingBuilder()
                .text("format", FORMAT)
                .text("verdict", verdict.outcome().word())
                .text("kind", verdict.kind())
                .put(
                        "basis",
                        new MappingBuilder()
                                .text("target", verdict.basis().target())
                                .text("head", verdict.basis().head())
                                .text("policy", verdict.basis().policy())
                                .text("validator", verdict.basis().validator())
                                .text("judgedAt", verdict.basis().judgedAt())
                                .build())
                .put("next", texts(verdict.next()))
                .put(
                        "approvedBy",
                        texts(verdict.approvedBy().stream()
                                .map(Object::toString)
                                .toList()))
                .list(
                        "difference",
                        verdict.differences().stream().map(VersionDiff::toNode).toList())
                .put(
                        "rules",
                        MappingBuilder.sequence(verdict.rules().stream()
                                .map(VerdictDocument::rule)
                                .toList()))
                .put(
                        "findings",
                        MappingBuilder.sequence(verdict.findings().stream()
                                .map(VerdictDocument::finding)
                                .toList()))
                .build();
    }

    private static Node.Mapping rule(RuleResult rule) {
        return place(
                        new MappingBuilder()
                                .text("policy", rule.policy())
                                .text("rule", rule.rule())
                                .text("subject", rule.subject())
                                .text("result", rule.outcome().word())
                                .text("title", rule.line().title())
                                .text("value", rule.line().value())
                                .text("bound", rule.line().bound())
                                .text("rationale", rule.line().rationale()),
                        rule.line().place())
                .build();
    }

    static Node.Mapping finding(Finding finding) {
        return place(
                        new MappingBuilder()
                                .text("severity", finding.severity().word())
                                .text("rule", finding.rule())
                                .text("message", finding.message())
                                .text("remedy", finding.remedy()),
                        finding.place())
                .build();
    }

    private static MappingBuilder place(MappingBuilder fields, Place place) {
        return fields.text("path", Optional.of(Text.printable(place.path())).filter(path -> !path.isEmpty()))
                .number("line", Optional.of(place.line()).filter(line -> line > 0))
                .number("column", Optional.of(place.column()).filter(column -> column > 0));
    }

    private static Node.Sequence texts(List<String> texts) {
        return MappingBuilder.sequence(
                texts.stream().map(text -> new Node.Text(Place.NOWHERE, text)).toList());
    }
}
