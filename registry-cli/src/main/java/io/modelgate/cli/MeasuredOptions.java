package io.modelgate.cli;

import io.modelgate.evidence.Subject;
import io.modelgate.evidence.Task;
import io.modelgate.importer.Grouping;
import io.modelgate.importer.ImportContext;
import io.modelgate.importer.KnownGroup;
import io.modelgate.importer.MeasuredAt;
import io.modelgate.importer.Population;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Digest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a file of another tool may not say of itself. */
final class MeasuredOptions {
    @Option(
            names = "--id",
            required = true,
            paramLabel = "<id>",
            description = "Id of the document; its file has that name.")
    private String id = "";

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "<name>",
            description = "Name of the data that was measured on.")
    private String dataset = "";

    @Option(
            names = "--role",
            defaultValue = "test",
            paramLabel = "<role>",
            description =
                    "What the data was used for: train, validation, test, calibration, production. Default: test.")
    private String role = "test";

    @Option(
            names = "--rows",
            paramLabel = "<n>",
            description = "How many rows the data has, if the file does not say it.")
    private @Nullable Long rows;

    @Option(
            names = "--dataset-digest",
            paramLabel = "<digest>",
            description = "Digest of the data, as its owner computes it.")
    private @Nullable String datasetDigest;

    @Option(
            names = "--task",
            defaultValue = "binary-classification",
            paramLabel = "<task>",
            description = "What the model does. Default: binary-classification.")
    private String task = "binary-classification";

    @Option(
            names = "--created-at",
            paramLabel = "<time>",
            description = "When it was measured, such as 2026-11-23T10:00:00Z.")
    private @Nullable String createdAt;

    @Option(
            names = "--tool-version",
            paramLabel = "<version>",
            description = "Version of the tool, if the file does not say it.")
    private @Nullable String toolVersion;

    @Option(names = "--favourable", paramLabel = "<label>", description = "The outcome that is good for the person.")
    private @Nullable String favourable;

    @Option(names = "--weighted", description = "Rows were weighted.")
    private boolean weighted;

    @Option(
            names = "--reference",
            paramLabel = "<attribute>=<group>",
            description = "The group that others are compared with, such as sex=male.")
    private List<String> references = new ArrayList<>();

    @Option(
            names = "--group",
            paramLabel = "<attribute>=<group>[:<n>]",
            description = "A group that the file does not name or size, such as sex=female:125.")
    private List<String> groups = new ArrayList<>();

    /** The name of the data. */
    String dataset() {
        return dataset;
    }

    /** All of it, about this version, said now. */
    ImportContext context(Subject subject, Instant now) {
        return Arguments.valid(() -> new ImportContext(
                id,
                subject,
                List.of(new Dataset(
                        dataset,
                        DatasetRole.parse(role),
                        Optional.ofNullable(datasetDigest).map(Digest::parse),
                        Optional.ofNullable(rows))),
                Task.parse(task),
                new MeasuredAt(Optional.ofNullable(createdAt).map(MeasuredOptions::time), now),
                Optional.ofNullable(toolVersion),
                new Population(Optional.ofNullable(favourable), weighted, groupings())));
    }

    private List<Grouping> groupings() {
        Map<String, String> named = new TreeMap<>();
        references.forEach(text -> named.put(attribute(text), value(text)));
        Map<String, List<KnownGroup>> known = new TreeMap<>();
        groups.forEach(text -> known.computeIfAbsent(attribute(text), name -> new ArrayList<>())
                .add(group(value(text))));
        named.keySet().forEach(attribute -> known.putIfAbsent(attribute, List.of()));
        return known.entrySet().stream()
                .map(each ->
                        new Grouping(each.getKey(), Optional.ofNullable(named.get(each.getKey())), each.getValue()))
                .toList();
    }

    private static KnownGroup group(String text) {
        int colon = text.lastIndexOf(':');
        boolean sized = colon > 0 && text.substring(colon + 1).matches("[0-9]{1,15}(\\.[0-9]{1,15})?");
        return sized
                ? KnownGroup.of(text.substring(0, colon), Double.parseDouble(text.substring(colon + 1)))
                : KnownGroup.of(text);
    }

    private static String attribute(String text) {
        int sign = text.indexOf('=');
        if (sign < 1) {
            throw new IllegalArgumentException("'" + text + "' is not like sex=male");
        }
        return text.substring(0, sign);
    }

    private static String value(String text) {
        return text.substring(text.indexOf('=') + 1);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a time like 2026-11-23T10:00:00Z", e);
        }
    }
}
