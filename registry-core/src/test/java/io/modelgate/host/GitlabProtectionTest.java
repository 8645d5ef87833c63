package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps changes from passing by the gate on a played GitLab, and what sets it. */
class GitlabProtectionTest {
    @TempDir
    Path folder;

    private PlayedGitlab gitlab;
    private PlayedRig rig;

    @BeforeEach
    void init() {
        gitlab = new PlayedGitlab(folder);
        rig = GitlabHostTest.rig(folder, gitlab);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private String found() {
        StringBuilder text = new StringBuilder();
        rig.host("alice")
                .safeguards()
                .forEach(each -> text.append(each.name())
                        .append(": ")
                        .append(each.state())
                        .append('\n'));
        return text.toString();
    }

    @Test
    void seesThatNothingIsProtected() {
        assertThat(found()).isEqualTo("""
                protection: MISSING
                required check: MISSING
                merge commits: MISSING
                stale approvals: MISSING
                own approvals: MISSING
                """);
    }

    @Test
    void setsWhatIsMissingAndLetsOnlyTheGateMerge() {
        gitlab.project.rules.put("main", PlayedGitlabProject.rule("main", 40, 30));
        gitlab.project.levels.put("gate", 0);
        gitlab.account("gate");

        rig.host("alice").protect(Optional.of("gate"));

        assertThat(found()).isEqualTo("""
                pushes: HOLDS
                history: HOLDS
                merging: HOLDS
                required check: HOLDS
                merge commits: HOLDS
                stale approvals: HOLDS
                own approvals: HOLDS
                """);
        assertThat(gitlab.project.levels).containsEntry("gate", 30);
        assertThat(rig.host("alice").safeguards())
                .extracting(Safeguard::said)
                .contains("only gate may merge", "nobody pushes to main");
    }

    @Test
    void makesTheGateAMaintainerWhereRulesCannotNameUsers() {
        gitlab.project.premium = false;
        gitlab.account("gate");

        rig.host("alice").protect(Optional.of("gate"));

        assertThat(gitlab.project.levels).containsEntry("gate", 40);
        assertThat(found()).isEqualTo("""
                pushes: HOLDS
                history: HOLDS
                merging: DOUBTFUL
                required check: HOLDS
                merge commits: HOLDS
                stale approvals: DOUBTFUL
                """);
    }

    @Test
    void heedsPatternsToo() {
        gitlab.project.rules.put("main", PlayedGitlabProject.rule("main", 0, 40));
        gitlab.project.rules.put("m*", PlayedGitlabProject.rule("m*", 30, 40));
        gitlab.project.rules.put("release/*", PlayedGitlabProject.rule("release/*", 30, 40));

        assertThat(rig.host("alice").safeguards())
                .filteredOn(each -> each.name().equals("pushes"))
                .extracting(Safeguard::said)
                .containsExactly("Some may push to main without a proposal: Developers + Maintainers.");
    }

    @Test
    void saysWhatOnlyMembersSee() {
        gitlab.refusals.put("GET .*/protected_branches", PlayedHost.Reply.trouble(403, "403 Forbidden"));

        assertThat(found()).startsWith("protection: DOUBTFUL\n");
    }

    @Test
    void isSetByMaintainersOnly() {
        GitHostContract.assertTrouble(
                RegistryException.Kind.ENVIRONMENT, () -> rig.host("bob").protect(Optional.empty()));
        assertThat(gitlab.project.rules).isEmpty();
    }
}
