package io.modelgate.cli;

import io.modelgate.host.Safeguard;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.report.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that a registry rests on, as 'modelgate doctor' found it; described by {@code doctor.schema.json}.
 *
 * @param name a word or two
 * @param state whether it holds
 * @param said what was found
 * @param remedy what to do when it does not hold; empty otherwise
 */
record DoctorCheck(String name, Safeguard.State state, String said, String remedy) {
    private static final String FORMAT = "modelgate.io/doctor/v1";

    static DoctorCheck good(String said) {
        return new DoctorCheck("", Safeguard.State.HOLDS, said, "");
    }

    static DoctorCheck bad(String said, String remedy) {
        return new DoctorCheck("", Safeguard.State.MISSING, said, remedy);
    }

    static DoctorCheck doubtful(String said, String remedy) {
        return new DoctorCheck("", Safeguard.State.DOUBTFUL, said, remedy);
    }

    /** What a Git host does to protect the target branch. */
    static DoctorCheck of(Safeguard safeguard) {
        return new DoctorCheck(safeguard.name(), safeguard.state(), safeguard.said(), safeguard.remedy());
    }

    /** The same under this name. */
    DoctorCheck of(String what) {
        return new DoctorCheck(what, state, said, remedy);
    }

    /** Whether nothing is missing; what is doubtful may be right. */
    static boolean areSound(List<DoctorCheck> checks) {
        return checks.stream().noneMatch(check -> check.state() == Safeguard.State.MISSING);
    }

    /** The lines for people, in the order in which it was looked at. */
    static List<String> text(List<DoctorCheck> checks) {
        Table table = new Table();
        for (DoctorCheck check : checks) {
            table.row(check.mark(), check.name(), check.said());
            if (!check.remedy().isEmpty()) {
                table.row("", "", check.remedy());
            }
        }
        return table.lines(0);
    }

    /** The same for programs, by id. */
    static Node.Mapping document(List<DoctorCheck> checks) {
        return new MappingBuilder()
                .text("format", FORMAT)
                .bool("sound", areSound(checks))
                .put(
                        "checks",
                        MappingBuilder.sequence(checks.stream()
                                .sorted(Comparator.comparing(DoctorCheck::id).thenComparing(DoctorCheck::said))
                                .map(DoctorCheck::toNode)
                                .toList()))
                .build();
    }

    private Node.Mapping toNode() {
        return new MappingBuilder()
                .text("id", id())
                .text("what", said)
                .text("state", state.name().toLowerCase(Locale.ROOT))
                .text("remedy", Optional.of(remedy).filter(text -> !text.isEmpty()))
                .build();
    }

    private String id() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private String mark() {
        return switch (state) {
            case HOLDS -> "ok";
            case MISSING -> "FAIL";
            case DOUBTFUL -> "warn";
        };
    }
}
