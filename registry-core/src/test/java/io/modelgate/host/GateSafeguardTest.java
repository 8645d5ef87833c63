package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.deploy.DeploymentBranches;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor and init look up about the gate and the deployments on hosts that are played. */
class GateSafeguardTest {
    @TempDir
    Path folder;

    private static RegistryConfig config(String gate) {
        String text = GithubHostTest.REGISTRY.replace("kind: github,", "kind: github, gate: " + gate + ",");
        return RegistryConfig.readTrusted(SourceFile.of("registry.yaml", text)).get();
    }

    private static Safeguard gate(GitHost host, RegistryConfig config) {
        return GateSafeguard.of(host, config, host.safeguards());
    }

    @Test
    void saysThatGithubHasNoUserOfTheGatesName() {
        try (PlayedRig rig = GithubHostTest.rig(folder)) {
            PlayedGithub played = (PlayedGithub) rig.played;
            played.nobody.add("gatekeper");

            Safeguard found = gate(rig.host("root"), config("gatekeper"));

            assertThat(found.state()).isEqualTo(Safeguard.State.MISSING);
            assertThat(found.said()).contains("names gatekeper as the gate, and the host has no such user");
            GitHostContract.assertTrouble(
                            RegistryException.Kind.NOT_FOUND,
                            () -> GateSafeguard.requireUser(rig.host("root"), "gatekeper"))
                    .hasMessageContaining("There is no user 'gatekeper'");
            GateSafeguard.requireUser(rig.host("root"), "gatekeeper");
        }
    }

    @Test
    void saysWhoMayMergeOnGithubWhereThatIsNotTheGate() {
        try (PlayedRig rig = GithubHostTest.rig(folder)) {
            assertThat(gate(rig.host("root"), config("gatekeeper")).said()).isEqualTo("only gatekeeper says verdicts");
            rig.host("root").protect(Optional.of("carol"));

            Safeguard found = gate(rig.host("root"), config("gatekeeper"));

            assertThat(found.state()).isEqualTo(Safeguard.State.DOUBTFUL);
            assertThat(found.said())
                    .isEqualTo("registry.yaml names gatekeeper as the gate, and on the host only carol may merge");
            assertThat(found.remedy()).contains("doctor --fix --gate gatekeeper");
            assertThat(gate(rig.host("root"), config("carol")).state()).isEqualTo(Safeguard.State.HOLDS);
        }
    }

    @Test
    void saysTheSameOfGitlab() {
        PlayedGitlab gitlab = new PlayedGitlab(folder);
        try (PlayedRig rig = GitlabHostTest.rig(folder, gitlab)) {
            gitlab.project.levels.put("gate", 0);
            gitlab.account("gate");
            rig.host("alice").protect(Optional.of("gate"));

            assertThat(gate(rig.host("alice"), config("nobody")).state()).isEqualTo(Safeguard.State.MISSING);
            assertThat(gate(rig.host("alice"), config("carol")).said()).contains("only gate may merge");
            assertThat(gate(rig.host("alice"), config("gate")).state()).isEqualTo(Safeguard.State.HOLDS);
        }
    }

    @Test
    void saysTheSameOfBitbucket() {
        try (PlayedRig rig = BitbucketServerHostTest.rig(folder, new PlayedBitbucketServer(folder))) {
            rig.host("gate").me();
            rig.host("carol").me();
            rig.host("alice").protect(Optional.of("gate"));

            assertThat(gate(rig.host("alice"), config("nobody-ever")).state()).isEqualTo(Safeguard.State.MISSING);
            assertThat(gate(rig.host("alice"), config("carol")).said()).contains("only gate may merge");
            assertThat(gate(rig.host("alice"), config("gate")).state()).isEqualTo(Safeguard.State.HOLDS);
        }
    }

    /** Words are for people: a team may be called like the gate, and GitLab shows the names that users chose. */
    @Test
    void doesNotTakeAWordForTheGate() {
        try (PlayedRig rig = GithubHostTest.rig(folder)) {
            GitHost host = rig.host("root");
            List<Safeguard> team = List.of(Safeguards.merging(List.of("carol"), "carol, team gatekeeper"));
            assertThat(GateSafeguard.of(host, config("gatekeeper"), team).state())
                    .isEqualTo(Safeguard.State.DOUBTFUL);
            List<Safeguard> app = List.of(Safeguards.merging(List.of("gatekeeper[bot]"), "gatekeeper"));
            assertThat(GateSafeguard.of(host, config("gatekeeper"), app).state())
                    .isEqualTo(Safeguard.State.HOLDS);
            List<Safeguard> shown = List.of(Safeguards.merging(List.of("gatekeeper"), "The one who keeps the gate"));
            assertThat(GateSafeguard.of(host, config("gatekeeper"), shown).state())
                    .isEqualTo(Safeguard.State.HOLDS);
        }
    }

    @Test
    void knowsTheGateOnGitlabByItsLogin() {
        PlayedGitlab gitlab = new PlayedGitlab(folder);
        try (PlayedRig rig = GitlabHostTest.rig(folder, gitlab)) {
            gitlab.project.levels.put("gate", 0);
            gitlab.account("gate");
            gitlab.project.shown.put("gate", "Keeper of the Door");
            rig.host("alice").protect(Optional.of("gate"));

            assertThat(gate(rig.host("alice"), config("gate")).state()).isEqualTo(Safeguard.State.HOLDS);
            assertThat(gate(rig.host("alice"), config("carol")).said()).contains("only Keeper of the Door may merge");
        }
    }

    @Test
    void wantsAGateToBeNamed() {
        try (PlayedRig rig = GithubHostTest.rig(folder)) {
            RegistryConfig none = RegistryConfig.readTrusted(SourceFile.of("registry.yaml", GithubHostTest.REGISTRY))
                    .get();
            assertThat(gate(rig.host("root"), none).state()).isEqualTo(Safeguard.State.DOUBTFUL);
        }
    }

    private static Optional<Safeguard> deployments(PlayedRig rig, String user) {
        Snapshot target = rig.clone(user)
                .edit(
                        rig.clone(user).snapshot(rig.target()),
                        TreeEdit.of(List.of(SourceFile.of("targets/dev/file.yaml", "x"))));
        return DeploymentBranches.safeguard(rig.host(user), config("gate"), target);
    }

    @Test
    void seesWhetherGithubKeepsTheBranchesOfDeployments() {
        try (PlayedRig rig = GithubHostTest.rig(folder)) {
            PlayedGithub played = (PlayedGithub) rig.played;
            assertThat(DeploymentBranches.safeguard(
                            rig.host("root"), config("gate"), rig.clone("root").snapshot(rig.target())))
                    .isEmpty();
            assertThat(deployments(rig, "root").orElseThrow().said())
                    .isEqualTo("Who may push to deployments/dev cannot be seen from here.");
            played.branches.put("deployments/dev", false);
            assertThat(deployments(rig, "root").orElseThrow())
                    .satisfies(found -> assertThat(found.state()).isEqualTo(Safeguard.State.DOUBTFUL))
                    .satisfies(
                            found -> assertThat(found.said()).contains("Whoever can write can push to deployments/dev"))
                    .satisfies(found -> assertThat(found.remedy()).contains("deployments/**"));
            played.branches.put("deployments/dev", true);
            assertThat(deployments(rig, "root").orElseThrow().state()).isEqualTo(Safeguard.State.HOLDS);
        }
    }

    @Test
    void seesWhetherGitlabKeepsTheBranchesOfDeployments() {
        PlayedGitlab gitlab = new PlayedGitlab(folder);
        try (PlayedRig rig = GitlabHostTest.rig(folder, gitlab)) {
            assertThat(deployments(rig, "alice").orElseThrow().state()).isEqualTo(Safeguard.State.DOUBTFUL);
            gitlab.project.rules.put("deployments/*", PlayedGitlabProject.rule("deployments/*", 40, 40));
            assertThat(deployments(rig, "alice").orElseThrow().state()).isEqualTo(Safeguard.State.HOLDS);
            gitlab.refusals.putAll(Map.of("GET .*/protected_branches", PlayedHost.Reply.trouble(403, "403 Forbidden")));
            assertThat(deployments(rig, "alice").orElseThrow().said()).contains("cannot be seen from here");
        }
    }
}
