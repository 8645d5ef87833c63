package io.modelgate.report;

import io.modelgate.audit.Garbage;
import io.modelgate.audit.GarbageReport;
import io.modelgate.audit.Obstacle;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.store.ByteSize;
import io.modelgate.store.StoredObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What nobody refers to, for programs and for terminals. */
public final class GarbageText {
    private GarbageText() {}

    /** The fields; they are only ever added to. */
    public static Node.Mapping document(GarbageReport report, boolean dryRun) {
        return new MappingBuilder()
                .text("format", "modelgate.io/gc/v1")
                .bool("dryRun", dryRun)
                .text("grace", report.scope().grace())
                .text("ended", report.scope().ended())
                .number("objects", report.objects())
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
                .bool("canList", store.access().canList())
                .text("byHand", store.access().byHand())
                .text("trouble", store.access().trouble().map(Obstacle::what))
                .text("remedy", store.access().trouble().map(Obstacle::remedy))
                .number("referenced", store.counts().referred())
                .number("young", store.counts().young())
                .number("objects", store.counts().objects())
                .number("bytes", store.counts().bytes())
                .put(
                        "garbage",
                        MappingBuilder.sequence(store.garbage().stream()
                                .map(GarbageText::object)
                                .toList()))
                .build();
    }

    private static Node.Mapping object(Garbage garbage) {
        StoredObject object = garbage.object();
        return new MappingBuilder()
                .text("digest", object.digest())
                .number("size", object.size())
                .text(
                        "modified",
                        Optional.of(object)
                                .filter(StoredObject::isDated)
                                .map(each -> each.modified().truncatedTo(ChronoUnit.SECONDS)))
                .build();
    }

    /** Lines for a terminal. */
    public static List<String> text(GarbageReport report, boolean dryRun) {
        List<String> lines = new ArrayList<>();
        for (GarbageReport.OfStore store : report.stores()) {
            String name = "store " + store.name() + " (" + store.address() + "): ";
            GarbageReport.Access access = store.access();
            if (access.trouble().isPresent()) {
                Obstacle trouble = access.trouble().get();
                lines.add(name + "not looked at. " + trouble.what() + " " + trouble.remedy());
            } else if (!access.canList()) {
                lines.add(name + "its server cannot say what it has, so nothing can be taken away from here.");
            } else {
                lines.add(name + store.counts().referred() + " referred to, "
                        + store.counts().objects() + " not, " + store.counts().young() + " not yet (younger than "
                        + days(report.scope().grace()) + ").");
                Table table = new Table();
                store.garbage()
                        .forEach(each -> table.row(
                                each.object().digest(),
                                ByteSize.words(each.object().size()),
                                age(each.object(), report)));
                lines.addAll(table.lines(2));
                if (store.unnamed() > 0) {
                    lines.add("  and " + store.unnamed() + " more.");
                }
                if (store.counts().objects() > 0) {
                    access.byHand().ifPresent(how -> lines.add("  Nothing is taken away from here. " + how));
                }
            }
        }
        long objects =
                report.removable().mapToLong(store -> store.counts().objects()).sum();
        long bytes =
                report.removable().mapToLong(store -> store.counts().bytes()).sum();
        lines.add(objects + (objects == 1 ? " object" : " objects") + ", " + ByteSize.words(bytes)
                + (dryRun ? ", would go." : ", to go."));
        return lines;
    }

    private static String age(StoredObject object, GarbageReport report) {
        return object.isDated() ? days(Duration.between(object.modified(), report.now())) + " old" : "of unknown age";
    }

    private static String days(Duration age) {
        long days = age.toDays();
        return days > 0 ? days + (days == 1 ? " day" : " days") : age.toHours() + " hours";
    }
}
