package io.modelgate.report;

import io.modelgate.audit.GarbageReport;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.store.ByteSize;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What nobody refers to, for programs and for terminals. */
public final class GarbageText {
    private GarbageText() {}

    /** The fields; they are only ever added to. */
    public static Node.Mapping document(GarbageReport report, boolean dryRun) {
        return new MappingBuilder()
                .text("format", "modelgate.io/gc/v1")
                .bool("dryRun", dryRun)
                .text("grace", report.grace())
                .number("objects", report.garbage().size())
                .number("bytes", report.bytes())
                .put(
                        "stores",
                        MappingBuilder.sequence(
                                report.stores().stream().map(GarbageText::store).toList()))
                .build();
    }

    private static Node.Mapping store(GarbageReport.OfStore store) {
        return new MappingBuilder()
                .text("store", store.name())
                .text("address", store.address())
                .bool("canList", store.canList())
                .text("trouble", store.trouble())
                .number("referenced", store.referred())
                .number("young", store.young())
                .put(
                        "garbage",
                        MappingBuilder.sequence(store.garbage().stream()
                                .map(each -> new MappingBuilder()
                                        .text("digest", each.digest())
                                        .number("size", each.size())
                                        .text("modified", each.modified().truncatedTo(ChronoUnit.SECONDS))
                                        .build())
                                .toList()))
                .build();
    }

    /** Lines for a terminal. */
    public static List<String> text(GarbageReport report, boolean dryRun) {
        List<String> lines = new ArrayList<>();
        for (GarbageReport.OfStore store : report.stores()) {
            String name = "store " + store.name() + " (" + store.address() + "): ";
            if (store.trouble().isPresent()) {
                lines.add(name + "not looked at. " + store.trouble().get());
            } else if (!store.canList()) {
                lines.add(name + "its server cannot say what it has, so nothing can be taken away from here.");
            } else {
                lines.add(name + store.referred() + " referred to, "
                        + store.garbage().size() + " not, " + store.young() + " not yet (younger than "
                        + days(report.grace()) + ").");
                Table table = new Table();
                store.garbage()
                        .forEach(each -> table.row(
                                each.digest(),
                                ByteSize.words(each.size()),
                                days(Duration.between(each.modified(), report.now())) + " old"));
                lines.addAll(table.lines(2));
            }
        }
        lines.add(report.garbage().size() + (report.garbage().size() == 1 ? " object" : " objects") + ", "
                + ByteSize.words(report.bytes()) + (dryRun ? ", would go." : ", to go."));
        return lines;
    }

    private static String days(Duration age) {
        long days = age.toDays();
        return days > 0 ? days + (days == 1 ? " day" : " days") : age.toHours() + " hours";
    }
}
