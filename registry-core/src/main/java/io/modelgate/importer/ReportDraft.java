package io.modelgate.importer;

import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Tool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what a file says about groups, and makes a fairness report of it. */
final class ReportDraft {
    private final ImportContext context;
    private final Notes notes;
    private final Place file;
    private final DocumentDraft document;
    private final Tool tool;
    private final List<AttributeDraft> attributes = new ArrayList<>();
    private final Map<List<Object>, Told> values = new LinkedHashMap<>();
    private Optional<String> favourable = Optional.empty();
    private Optional<Long> rows = Optional.empty();
    private boolean weighs = true;

    ReportDraft(ImportContext context, Notes notes, Place file, String tool, Optional<String> version) {
        this.context = context;
        this.notes = notes;
        this.file = file;
        this.document = new DocumentDraft(context, notes, file);
        this.tool = document.tool(tool, version);
    }

    /** The favourable label that the file says. */
    void favourable(Optional<String> label) {
        favourable = label;
    }

    /** The rows that the file says. */
    void rows(Optional<Long> number) {
        rows = number;
    }

    /** The tool ignores weights, so what it says is about people. */
    void ignoresWeights() {
        weighs = false;
    }

    /** Adds an attribute, with what the user says of it. Gives it back. */
    AttributeDraft attribute(AttributeDraft attribute) {
        AttributeDraft known = attribute.with(context.population().grouping(attribute.name()), file, notes);
        PersonRows.check(known, notes);
        attributes.add(known);
        return known;
    }

    /** Adds a metric. The same metric twice is kept once, and noted when the two differ. */
    void value(Told told) {
        Told earlier = values.putIfAbsent(List.of(told.metric(), told.comparison()), told);
        if (earlier == null) {
            notes.noNumber(told.label(), told.original(), told.value());
            return;
        }
        if (earlier.agrees(told)) {
            notes.drop(told.label(), "says the same as " + earlier.name());
        } else {
            notes.disagree(
                    told.original().place(),
                    told.label() + " is " + told.value() + ", but " + earlier.name() + " is " + earlier.value(),
                    "Measure again: both are our " + told.metric().id() + ".");
        }
    }

    /** The report, checked as if it were read from its file; empty, with findings noted, when something is wrong. */
    Optional<FairnessReport> build() {
        if (attributes.isEmpty() && !notes.refused()) {
            notes.refuse("nothing", file, "the file has no groups", "Give a file about groups.");
        }
        Optional<String> label = label();
        boolean weighted = weighted();
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        Dataset dataset = document.dataset(context.dataset(), weighted ? rows : rows.or(this::counted));
        Optional<Instant> when = document.createdAt(Optional.empty());
        if (label.isEmpty() || notes.refused()) {
            return Optional.empty();
        }
        MappingBuilder fields =
                document.fields(context.id(), tool, when, dataset).text("favourable", label.get());
        if (weighted) {
            fields.bool("weighted", true);
        }
        Checked<FairnessReport> bare = report(fields, List.of());
        if (!bare.ok()) {
            return notes.keep(bare);
        }
        List<Told> corrected = values.values().stream()
                .map(each -> corrected(each, bare.get()))
                .toList();
        if (notes.refused()) {
            return Optional.empty();
        }
        return notes.keep(
                report(fields, corrected).then(each -> document.reread(each, FairnessReport.read(each.toFile()))));
    }

    private Told corrected(Told told, FairnessReport bare) {
        Comparison comparison = told.comparison();
        Told expecting = told.computed().isPresent() ? told : told.expecting(bare.compute(told.metric(), comparison));
        if (expecting.isWrong()) {
            notes.disagree(
                    told.original().place(),
                    told.label() + " is " + told.value() + ", but the file's own counts or rates give "
                            + expecting.computed().orElseThrow(),
                    "Measure again; the metric is " + told.metric().definition() + ".");
        }
        return expecting.corrected();
    }

    private Checked<FairnessReport> report(MappingBuilder fields, List<Told> told) {
        List<Node.Mapping> groups =
                attributes.stream().map(each -> each.toNode(file)).toList();
        List<Node.Mapping> metrics = told.stream().map(Told::toNode).toList();
        return FairnessReport.of(
                fields.put("attributes", MappingBuilder.sequence(groups))
                        .put("metrics", MappingBuilder.sequence(metrics))
                        .build(),
                file.path());
    }

    private Optional<String> label() {
        Optional<String> said = context.population().favourable();
        if (favourable.isPresent() && said.isPresent() && !favourable.equals(said)) {
            notes.disagree(
                    file,
                    "the favourable label of the file is " + favourable.get() + ", not " + said.get(),
                    "Leave --favourable out, or measure again with " + said.get() + ".");
        }
        Optional<String> label = favourable.or(() -> said);
        if (label.isEmpty()) {
            notes.missing("which label is good for the person", "--favourable, such as 1");
        }
        return label;
    }

    /** Counts that are no whole numbers are sums of weights. */
    private boolean weighted() {
        boolean whole = attributes.stream()
                .flatMap(each -> each.groups().stream())
                .flatMap(each -> each.counts().stream())
                .allMatch(each -> isWhole(each.tp()) && isWhole(each.fp()) && isWhole(each.tn()) && isWhole(each.fn()));
        boolean said = context.population().weighted();
        if (said && !weighs) {
            notes.warn(
                    "weights",
                    file,
                    tool.name() + " ignores weights: its counts and metrics are of people",
                    "Use a tool that weighs, such as Fairlearn or AIF360.");
        }
        return weighs && (said || !whole);
    }

    private static boolean isWhole(double count) {
        return count == Math.rint(count);
    }

    /** The people of the largest attribute, where neither the file nor the user says how many rows there are. */
    private Optional<Long> counted() {
        boolean needed = context.dataset().rows().isEmpty();
        return needed && !notes.refused()
                ? attributes.stream()
                        .map(each -> (long) (each.total() + each.unassigned()))
                        .max(Long::compare)
                : Optional.empty();
    }
}
