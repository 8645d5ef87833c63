package io.modelgate.report;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.Severity;
import io.modelgate.gate.Verdict;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Findings for code scanning: SARIF 2.1.0. */
final class SarifReport {
    private SarifReport() {}

    static Node.Mapping of(Verdict verdict) {
        Map<String, Finding> rules = new TreeMap<>();
        verdict.findings().forEach(finding -> rules.putIfAbsent(finding.rule(), finding));
        List<Node.Mapping> described = rules.entrySet().stream()
                .map(rule -> new MappingBuilder()
                        .text("id", rule.getKey())
                        .put("shortDescription", message(rule.getKey()))
                        .put(
                                "help",
                                message(
                                        rule.getValue().remedy().isEmpty()
                                                ? rule.getKey()
                                                : rule.getValue().remedy()))
                        .build())
                .toList();
        Node.Mapping driver = new MappingBuilder()
                .text("name", "Modelgate")
                .text("semanticVersion", "1.0.0")
                .put("rules", MappingBuilder.sequence(described))
                .build();
        Node.Mapping run = new MappingBuilder()
                .put("tool", new MappingBuilder().put("driver", driver).build())
                .put(
                        "results",
                        MappingBuilder.sequence(verdict.findings().stream()
                                .map(SarifReport::result)
                                .toList()))
                .put(
                        "properties",
                        new MappingBuilder()
                                .text("verdict", verdict.outcome().word())
                                .build())
                .build();
        return new MappingBuilder()
                .text("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
                .text("version", "2.1.0")
                .put("runs", MappingBuilder.sequence(List.of(run)))
                .build();
    }

    private static Node.Mapping result(Finding finding) {
        MappingBuilder result = new MappingBuilder()
                .text("ruleId", finding.rule())
                .text("level", level(finding.severity()))
                .put(
                        "message",
                        message(finding.message() + (finding.remedy().isEmpty() ? "" : " " + finding.remedy())));
        if (!finding.place().path().isEmpty()) {
            result.put("locations", MappingBuilder.sequence(List.of(location(finding.place()))));
        }
        return result.put(
                        "partialFingerprints",
                        new MappingBuilder()
                                .text(
                                        "modelgate/v1",
                                        Digest.of(finding.rule() + "\n"
                                                        + finding.place().path() + "\n" + finding.message())
                                                .hex())
                                .build())
                .build();
    }

    private static Node.Mapping location(Place place) {
        MappingBuilder physical = new MappingBuilder()
                .put(
                        "artifactLocation",
                        new MappingBuilder().text("uri", uri(place.path())).build());
        if (place.line() > 0) {
            MappingBuilder region = new MappingBuilder().number("startLine", place.line());
            physical.put(
                    "region",
                    place.column() > 0
                            ? region.number("startColumn", place.column()).build()
                            : region.build());
        }
        return new MappingBuilder().put("physicalLocation", physical.build()).build();
    }

    private static String uri(String path) {
        try {
            return new java.net.URI(null, null, path, null).toASCIIString();
        } catch (java.net.URISyntaxException e) {
            return "unknown";
        }
    }

    private static Node.Mapping message(String text) {
        return new MappingBuilder().text("text", text).build();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case BLOCK -> "error";
            case WARN -> "warning";
            case NOTE -> "note";
        };
    }
}
