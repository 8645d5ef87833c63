package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.host.Safeguard;
import io.modelgate.report.DocumentWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What 'modelgate doctor' writes for people and for programs. Run with {@code -Dmodelgate.regenerate=true} to write it anew. */
class DoctorCheckTest {
    private static final Path GOLDEN = Path.of("src/test/resources/doctor/checks.json");
    private static final List<DoctorCheck> CHECKS = List.of(
            DoctorCheck.good("jane on gitea").of("you"),
            DoctorCheck.bad("main.yaml:3: no such stage", "Propose a correction.")
                    .of("policies"),
            DoctorCheck.of(Safeguard.missing("stale approvals", "They stay.", "Have them dismissed.")),
            DoctorCheck.of(Safeguard.doubtful("merging", "Whoever can write can merge.", "Name the gate's user.")),
            DoctorCheck.of(Safeguard.holds("merge commits", "Only merge commits are made.")));

    @Test
    void writesTheChecksForProgramsById() throws IOException {
        String json = DocumentWriter.json(DoctorCheck.document(CHECKS));
        if (Boolean.getBoolean("modelgate.regenerate")) {
            Files.writeString(GOLDEN, json);
        }
        assertThat(json).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void writesThemForPeopleInTheOrderInWhichTheyWereMade() {
        assertThat(DoctorCheck.text(CHECKS).get(0)).startsWith("ok").endsWith("jane on gitea");
        assertThat(DoctorCheck.text(CHECKS)).hasSize(8).anyMatch(line -> line.endsWith("Propose a correction."));
        assertThat(DoctorCheck.areSound(CHECKS)).isFalse();
        assertThat(DoctorCheck.areSound(CHECKS.subList(3, 5))).isTrue();
    }
}
