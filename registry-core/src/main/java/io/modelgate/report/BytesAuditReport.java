package io.modelgate.report;

import io.modelgate.audit.BytesReport;
import io.modelgate.audit.BytesReport.PlaceReport;
import io.modelgate.audit.BytesReport.Problem;
import io.modelgate.audit.BytesReport.State;
import io.modelgate.audit.Obstacle;
import io.modelgate.finding.Text;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.store.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** An audit of bytes for programs, for terminals and for pages. */
public final class BytesAuditReport {
    private static final int MOST_REMEDIES = 5;

    private BytesAuditReport() {}

    /** The fields; they are only ever added to. */
    public static Node.Mapping document(BytesReport report) {
        return new MappingBuilder()
                .text("format", "modelgate.io/bytes-audit/v1")
                .text("scope", report.scope().all() ? "all" : "live")
                .texts("stages", report.scope().stages())
                .text("models", report.scope().models())
                .number("versions", report.versions())
                .bool("damaged", report.isDamaged())
                .bool("complete", !report.isIncomplete())
                .put(
                        "places",
                        MappingBuilder.sequence(report.places().stream()
                                .map(BytesAuditReport::place)
                                .toList()))
                .build();
    }

    private static Node.Mapping place(PlaceReport place) {
        MappingBuilder fields = new MappingBuilder()
                .text("store", place.store())
                .text("address", place.address())
                .bool("mirror", place.isMirror())
                .number("right", place.right())
                .number("bytes", place.counts().bytes());
        for (State state : State.values()) {
            fields.number(state.word(), place.count(state));
        }
        place.unreferenced()
                .ifPresent(rest -> fields.put(
                        "unreferenced",
                        new MappingBuilder()
                                .number("objects", rest.objects())
                                .number("bytes", rest.bytes())
                                .build()));
        return fields.text("trouble", place.unlisted().map(Obstacle::what))
                .text("remedy", place.unlisted().map(Obstacle::remedy))
                .list(
                        "problems",
                        place.problems().stream().map(BytesAuditReport::problem).toList())
                .build();
    }

    private static Node.Mapping problem(Problem problem) {
        return new MappingBuilder()
                .text("state", problem.state().word())
                .text("digest", problem.digest())
                .number("size", problem.size())
                .text("path", problem.path())
                .text("version", problem.version())
                .number("otherVersions", problem.others())
                .text("detail", problem.unread().map(Obstacle::what))
                .text("remedy", problem.unread().map(Obstacle::remedy))
                .build();
    }

    /** Lines for a terminal. */
    public static List<String> text(BytesReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict(report));
        for (PlaceReport place : report.places()) {
            lines.add(name(place) + ": " + counts(place));
            Table table = new Table();
            place.problems()
                    .forEach(each -> table.row(
                            each.state().word(),
                            each.version() + others(each),
                            each.path(),
                            each.digest(),
                            each.unread().map(Obstacle::what).orElse("")));
            lines.addAll(table.lines(2));
            if (place.unnamed() > 0) {
                lines.add("  and " + place.unnamed() + " more.");
            }
            remedies(place).forEach(remedy -> lines.add("  " + remedy));
            place.unlisted().ifPresent(why -> lines.add("  " + unlisted(why)));
        }
        return lines;
    }

    /** A page. */
    public static String markdown(BytesReport report) {
        StringBuilder page = new StringBuilder("# Audit of bytes\n\n")
                .append(verdict(report))
                .append("\n\n");
        page.append("| place | right | missing | changed | wrong size | not readable | unreferenced |\n");
        page.append("|---|---|---|---|---|---|---|\n");
        for (PlaceReport place : report.places()) {
            page.append("| ").append(cell(name(place))).append(" | ").append(place.right());
            for (State state : List.of(State.MISSING, State.CHANGED, State.WRONG_SIZE, State.UNREACHABLE)) {
                page.append(" | ").append(place.count(state));
            }
            page.append(" | ")
                    .append(place.unreferenced()
                            .map(rest -> rest.objects() + " (" + ByteSize.words(rest.bytes()) + ")")
                            .orElse("?"))
                    .append(" |\n");
        }
        for (PlaceReport place : report.places()) {
            place.unlisted()
                    .ifPresent(why -> page.append("\n")
                            .append(cell(name(place) + ": " + unlisted(why)))
                            .append("\n"));
            if (!place.problems().isEmpty()) {
                page.append("\n## ")
                        .append(cell(name(place)))
                        .append("\n\n| state | version | file | digest |\n|---|---|---|---|\n");
                place.problems()
                        .forEach(each -> page.append("| ")
                                .append(each.state().word())
                                .append(" | ")
                                .append(cell(each.version() + others(each)))
                                .append(" | ")
                                .append(cell(each.path()))
                                .append(" | `")
                                .append(each.digest())
                                .append("` |\n"));
                if (place.unnamed() > 0) {
                    page.append("\nAnd ").append(place.unnamed()).append(" more.\n");
                }
                place.problems().stream()
                        .flatMap(problem -> problem.unread().stream())
                        .distinct()
                        .limit(MOST_REMEDIES)
                        .forEach(each -> page.append("\n")
                                .append(cell(each.what() + " " + each.remedy()))
                                .append("\n"));
            }
        }
        return page.toString();
    }

    /** What to do about what could not be read, each thing once. */
    private static List<String> remedies(PlaceReport place) {
        return place.problems().stream()
                .flatMap(problem -> problem.unread().stream())
                .map(Obstacle::remedy)
                .distinct()
                .limit(MOST_REMEDIES)
                .toList();
    }

    private static String unlisted(Obstacle why) {
        return "What else is there could not be listed: " + why.what() + " " + why.remedy();
    }

    private static String verdict(BytesReport report) {
        String what = report.versions()
                + (report.scope().all() ? " merged " : " live ")
                + (report.versions() == 1 ? "version: " : "versions: ");
        if (report.versions() == 0) {
            return what + "nothing was read"
                    + (report.scope().all() ? "." : "; 'modelgate audit bytes --all' reads all that are merged.");
        }
        if (report.isDamaged()) {
            return what + "something is missing or other than it must be"
                    + (report.isIncomplete() ? ", and not everything could be read." : ".");
        }
        return what + (report.isIncomplete() ? "not everything could be read." : "every byte is right in every place.");
    }

    private static String name(PlaceReport place) {
        return (place.isMirror() ? "mirror of " : "store ") + place.store() + " (" + place.address() + ")";
    }

    private static String counts(PlaceReport place) {
        StringBuilder counts = new StringBuilder()
                .append(place.right())
                .append(" right (")
                .append(ByteSize.words(place.counts().bytes()))
                .append(")");
        for (State state : State.values()) {
            counts.append(", ").append(place.count(state)).append(' ').append(state.word());
        }
        place.unreferenced()
                .ifPresent(rest -> counts.append("; ")
                        .append(rest.objects())
                        .append(" unreferenced (")
                        .append(ByteSize.words(rest.bytes()))
                        .append(")"));
        return counts.append('.').toString();
    }

    private static String others(Problem problem) {
        return problem.others() == 0 ? "" : " and " + problem.others() + " more";
    }

    /** What people chose cannot make markup of a table. */
    private static String cell(String text) {
        StringBuilder safe = new StringBuilder();
        Text.printable(text).codePoints().forEach(c -> {
            if ("\\`*_{}[]<>()#|!&~".indexOf(c) >= 0) {
                safe.append('\\');
            }
            safe.appendCodePoint(c);
        });
        return safe.toString();
    }
}
