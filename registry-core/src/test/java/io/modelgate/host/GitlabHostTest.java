package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException;
import io.modelgate.host.gitlab.GitlabHost;
import io.modelgate.host.http.HostSite;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.SourceFile;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract, on a played GitLab. */
class GitlabHostTest extends RiggedContract<PlayedRig> {
    static final String REGISTRY = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            stores: [{name: main, url: "file:artifacts"}]
            host: {kind: gitlab, url: "https://git.acme.example"}
            people: [{id: alice, emails: [alice@acme.example]}, {id: dave, emails: [dave@acme.example]}]
            roles: {reviewer: [bob, carol]}
            """;

    private PlayedGitlab gitlab;
    /** A registry of alice's on a played GitLab. */
    static PlayedRig rig(Path folder, PlayedGitlab gitlab) {
        HostSite site = new HostSite(
                HostConfig.Kind.GITLAB, URI.create(gitlab.url()), PlayedHost.OWNER + "/" + PlayedHost.NAME);
        return new PlayedRig(
                folder,
                gitlab,
                (client, repository) -> new GitlabHost(site, client, repository),
                SourceFile.of("registry.yaml", REGISTRY));
    }

    @Override
    PlayedRig newRig() {
        gitlab = new PlayedGitlab(folder);
        return rig(folder, gitlab);
    }

    @Test
    void saysWhatItIs() {
        assertThat(host("alice").kind()).isEqualTo("gitlab");
        assertThat(host("alice").me().value()).isEqualTo("alice");
        assertThat(host("alice").hasGate()).isTrue();
        assertThat(host("alice").page(7)).contains(URI.create(gitlab.url() + "/acme/models/-/merge_requests/7"));
    }

    @Test
    void asksForAProjectInASubgroupByItsWholePath() {
        HostSite site = new HostSite(HostConfig.Kind.GITLAB, URI.create(gitlab.url()), "acme/risk/models");
        GitHost host = new GitlabHost(site, rig.client("bob"), new HostedRepository(rig.clone("bob"), "main"));

        assertTrouble(RegistryException.Kind.NOT_FOUND, () -> host.read(1));

        assertThat(gitlab.asked).contains("bob GET /projects/acme%2Frisk%2Fmodels/merge_requests/1");
    }

    @Test
    void makesAProjectInItsGroupOnce() {
        HostSite site = new HostSite(HostConfig.Kind.GITLAB, URI.create(gitlab.url()), "acme/risk/models");
        HostSite there = new HostSite(HostConfig.Kind.GITLAB, URI.create(gitlab.url()), "acme/models");

        GitlabHost.create(site, rig.client("alice"));
        GitlabHost.create(there, rig.client("alice"));

        assertThat(gitlab.asked).contains("alice GET /namespaces/acme%2Frisk");
        assertThat(gitlab.project.made)
                .containsExactly(
                        "{\"name\":\"models\",\"path\":\"models\",\"namespace_id\":12,\"visibility\":\"private\"}");
    }

    @Test
    void verifiesWithAtMostTwelveRequests() {
        Proposal proposal = open("alice", "one", head("alice", "one"));
        review("bob", proposal, io.modelgate.policy.Review.State.APPROVED);
        review("dave", proposal, io.modelgate.policy.Review.State.APPROVED);
        review("erin", proposal, io.modelgate.policy.Review.State.APPROVED);
        review("frank", proposal, io.modelgate.policy.Review.State.APPROVED);
        int before = rig.client("carol").requests();

        Proposal read = host("carol").read(proposal.number());
        host("carol").status(read.head(), new Status(Status.State.SUCCESS, "It can be merged."));
        host("carol").comment(proposal.number(), "<!-- modelgate/gate -->", "pass\n");

        assertThat(rig.client("carol").requests() - before).isLessThanOrEqualTo(12);
        assertThat(read.reviews()).extracting(review -> review.state().word()).contains("approved");
    }

    @Test
    void asksOnceWhenNothingChanged() throws InterruptedException {
        Proposal one = open("alice", "one", head("alice", "one"));
        Changes all = host("carol").changes("");
        assertThat(all.proposals()).containsExactly(one.number());
        Thread.sleep(4_500);
        Changes settled = host("carol").changes(all.cursor());
        int before = rig.client("carol").requests();

        Changes none = host("carol").changes(settled.cursor());

        assertThat(none.proposals()).isEmpty();
        assertThat(rig.client("carol").requests() - before).isEqualTo(1);
        review("bob", one, io.modelgate.policy.Review.State.APPROVED);
        assertThat(host("carol").changes(none.cursor()).proposals()).containsExactly(one.number());
    }
}
