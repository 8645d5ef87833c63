package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.Catalog;
import io.modelgate.catalog.ModelReference;
import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.VersionDiff;
import io.modelgate.report.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Compares two versions: bytes, metrics, fairness, card. */
@Command(name = "diff", description = "Compare two versions: bytes, metrics, fairness, card.")
final class DiffVerb implements Verb {
    private static final MathContext DIGITS = new MathContext(4);

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "<before>", description = "Such as ns/name@prod.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "<after>", description = "Such as ns/name@1.4.0.")
    private String after = "";

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.read(terminal)) {
            Catalog catalog = registry.catalog();
            VersionDiff diff = VersionDiff.between(evidence(catalog, before), evidence(catalog, after));
            Output.print(terminal, common.output(), diff.toNode(), () -> text(diff));
            return ExitCode.OK;
        }
    }

    private static Evidence evidence(Catalog catalog, String reference) {
        return catalog.evidence(catalog.resolve(Arguments.parse(reference, ModelReference::parse))
                .version());
    }

    private static List<String> text(VersionDiff diff) {
        if (diff.entries().isEmpty()) {
            return List.of(diff.before() + " and " + diff.after() + " do not differ.");
        }
        List<String> lines = new ArrayList<>();
        Table table = new Table("", diff.before().toString(), diff.after().toString(), "CHANGE");
        for (VersionDiff.Entry entry : diff.entries()) {
            table.row(
                    entry.part().word() + " " + entry.name(),
                    entry.change().isPresent()
                            ? shorter(entry.before())
                            : entry.before().orElse("-"),
                    entry.change().isPresent()
                            ? shorter(entry.after())
                            : entry.after().orElse("-"),
                    change(entry.change()));
        }
        lines.addAll(table.lines(0));
        return lines;
    }

    private static String shorter(Optional<String> number) {
        return number.map(text -> new BigDecimal(text).round(DIGITS).toPlainString())
                .orElse("-");
    }

    private static String change(OptionalDouble change) {
        if (change.isEmpty()) {
            return "";
        }
        BigDecimal rounded = new BigDecimal(change.getAsDouble()).round(DIGITS);
        return (rounded.signum() > 0 ? "+" : "") + rounded.toPlainString();
    }
}
