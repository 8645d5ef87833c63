package io.modelgate.importer;

import io.modelgate.evidence.Confusion;
import io.modelgate.evidence.Subject;
import io.modelgate.evidence.Task;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that real tools wrote, and what a user says of them. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

    static final ImportContext NOTHING = context(Optional.empty(), Population.UNKNOWN);

    private Samples() {}

    static ImportContext context(Optional<Long> rows, Population population) {
        return new ImportContext(
                "imported",
                new Subject(VersionId.parse("credit/default-risk@1.0.0"), Digest.of("bytes")),
                List.of(new Dataset("german-credit-test", DatasetRole.TEST, Optional.empty(), rows)),
                Task.BINARY_CLASSIFICATION,
                new MeasuredAt(Optional.empty(), NOW),
                Optional.of("9.9.9"),
                population);
    }

    /** What is known of the credit models: 400 rows, label 1, men and people over 25 are the reference. */
    static ImportContext credit() {
        return context(
                Optional.of(400L),
                new Population(
                        Optional.of("1"),
                        false,
                        List.of(
                                new Grouping("sex", Optional.of("male"), List.of(KnownGroup.of("female"))),
                                new Grouping("age", Optional.of("over-25"), List.of(KnownGroup.of("25-or-less"))))));
    }

    static SourceFile file(String resource) {
        return new SourceFile(resource, bytes("/importer/" + resource));
    }

    static SourceFile text(String text) {
        return SourceFile.of("file", text);
    }

    static byte[] bytes(String resource) {
        try (InputStream in = Samples.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The counts of an attribute of a credit model. */
    static Map<String, Confusion> counts(String version, String attribute) {
        return confusions(mapping(mapping(json("/evidence/counts/" + version + ".json"), "groups"), attribute));
    }

    static Map<String, Confusion> confusions(Node.Mapping groups) {
        Map<String, Confusion> counts = new LinkedHashMap<>();
        groups.entries().keySet().forEach(name -> {
            Node.Mapping group = mapping(groups, name);
            counts.put(
                    name,
                    new Confusion(
                            number(group, "n"),
                            number(group, "tp"),
                            number(group, "fp"),
                            number(group, "tn"),
                            number(group, "fn")));
        });
        return counts;
    }

    static Node.Mapping json(String resource) {
        return (Node.Mapping)
                YamlReader.read(new SourceFile(resource, bytes(resource))).get();
    }

    static Node.Mapping mapping(Node.Mapping parent, String key) {
        return (Node.Mapping) parent.get(key).orElseThrow();
    }

    static double number(Node.Mapping parent, String key) {
        return Trees.number(parent, key).orElseThrow();
    }

    /** A table of reference values. */
    static List<Map<String, String>> table(String resource) {
        List<Map<String, String>> rows = new ArrayList<>();
        Source.Table table = (Source.Table)
                SourceReader.read(new SourceFile(resource, bytes(resource))).get();
        table.rows().forEach(row -> {
            Map<String, String> cells = new LinkedHashMap<>();
            row.entries()
                    .forEach(
                            (column, cell) -> cells.put(column, Trees.text(cell).orElse("")));
            rows.add(cells);
        });
        return rows;
    }
}
