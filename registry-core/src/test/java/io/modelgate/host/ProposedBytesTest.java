package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.audit.GarbageCollection;
import io.modelgate.audit.GarbageScope;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.RemoteSite;
import io.modelgate.git.Repositories;
import io.modelgate.host.gitea.GiteaHost;
import io.modelgate.host.github.GithubHost;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.SourceFile;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract, on a real Gitea and on the played hosts. */
class ProposedBytesTest {
    private static HostClient nobody() {
        return new HostClient(URI.create("http://127.0.0.1:9"), Map.of(), Clock.systemUTC());
    }

    /** Makes the branch of a proposal of alice's one of a fork: the registry's own repository has it no more. */
    private static Proposal forked(PlayedRig rig, SourceFile file) {
        Proposal proposal = rig.open("alice", "one", rig.head("alice", file));
        rig.played.fork("outsider/models", "alice/one", proposal.head());
        return proposal;
    }

    @Nested
    class OnGitea extends ProposedBytesContract<GiteaRig> {
        private int forks;

        @Override
        GiteaRig newRig() {
            return new GiteaRig(
                    folder,
                    SourceFile.of("registry.yaml", GithubHostTest.REGISTRY.replace("{kind: github,", "{kind: gitea,")));
        }

        @Override
        Proposal openFromFork(SourceFile file) {
            String name = "fork-" + rig.repository.replace('/', '-') + "-" + ++forks;
            rig.gitea.token("outsider");
            rig.client("outsider").post(rig.api("/forks"), Json.object("name", name));
            try (RegistryRepository own = Repositories.cached(
                    rig.gitea.address("outsider/" + name),
                    folder.resolve(name),
                    Map.of("MODELGATE_TOKEN", rig.gitea.token("outsider"), "HOME", folder.toString()))) {
                CommitId main = own.ref(HostRig.MAIN).orElseThrow();
                CommitId head = own.commit(
                        own.edit(own.snapshot(main), io.modelgate.git.TreeEdit.of(List.of(file))),
                        new io.modelgate.git.CommitDraft(
                                "Mine\n",
                                new io.modelgate.git.Author("outsider", "outsider@acme.example"),
                                java.time.Instant.EPOCH,
                                List.of(main)));
                own.publish(List.of(RefChange.create("refs/heads/mine", head)));
            }
            Json made = rig.client("outsider")
                    .post(
                            rig.api("/pulls"),
                            Json.object("head", "outsider:mine", "base", "main", "title", "Mine", "body", ""));
            return rig.host("carol").read(made.integer("number").orElseThrow().intValue());
        }

        @Override
        GitHost unreachable() {
            HostSite site = HostSite.find(
                            RemoteSite.of(rig.gitea.address(rig.repository)),
                            new HostConfig(HostConfig.Kind.GITEA, Optional.empty()),
                            Map.of())
                    .orElseThrow();
            return new GiteaHost(site, nobody(), new HostedRepository(rig.clone("carol"), "main"));
        }

        @Test
        void againWhenItIsOpenedAgain() {
            Digest again = stored("again");
            Proposal proposal = openFromFork(mention("notes", again));
            rig.host("carol").close(proposal.number());
            GarbageScope forgetting = new GarbageScope(Set.of(), Duration.ofDays(7), Optional.of(Duration.ofDays(180)));
            GarbageCollection collection = collection(forgetting, Duration.ofDays(365));
            assertThat(collection.find().objects()).isEqualTo(1);
            rig.client("outsider").patch(rig.api("/pulls/" + proposal.number()), Json.object("state", "open"));
            List<Object> gone = new ArrayList<>();
            collection.delete(gone::add);
            assertThat(gone).isEmpty();
        }
    }

    @Nested
    class OnGithub extends ProposedBytesContract<PlayedRig> {
        @Override
        PlayedRig newRig() {
            return GithubHostTest.rig(folder);
        }

        @Override
        Proposal openFromFork(SourceFile file) {
            return forked(rig, file);
        }

        @Override
        GitHost unreachable() {
            HostSite site = new HostSite(HostConfig.Kind.GITHUB, URI.create("http://127.0.0.1:9"), "acme/models");
            return new GithubHost(site, nobody(), new HostedRepository(rig.clone("carol"), "main"), () -> Json.NOTHING);
        }

        @Test
        void andNothingGoesWhenTheSecondHalfOfTheListDoesNotCome() {
            Digest mentioned = stored("mentioned");
            Proposal one = rig.open("alice", "one", rig.head("alice", mention("notes", mentioned)));
            for (int i = 2; i < 102; i++) {
                rig.played.proposals.put(i, new PlayedProposal(i, "alice", "alice/" + i, one.head(), "Same", ""));
            }
            GarbageCollection collection = collection(GarbageScope.olderThan(Duration.ofDays(7)), Duration.ZERO);
            assertThat(collection.find().objects()).isZero();
            stored("rubbish");
            collection.find();
            ((PlayedGithub) rig.played).brokenPage = 2;
            assertThatThrownBy(() -> collection.delete(each -> {
                        throw new IllegalStateException("" + each);
                    }))
                    .isInstanceOf(RegistryException.class);
        }
    }

    @Nested
    class OnGitlab extends ProposedBytesContract<PlayedRig> {
        @Override
        PlayedRig newRig() {
            return GitlabHostTest.rig(folder, new PlayedGitlab(folder));
        }

        @Override
        Proposal openFromFork(SourceFile file) {
            return forked(rig, file);
        }

        @Override
        GitHost unreachable() {
            HostSite site = new HostSite(HostConfig.Kind.GITLAB, URI.create("http://127.0.0.1:9"), "acme/models");
            return new io.modelgate.host.gitlab.GitlabHost(
                    site, nobody(), new HostedRepository(rig.clone("carol"), "main"));
        }
    }

    @Nested
    class OnBitbucketServer extends ProposedBytesContract<PlayedRig> {
        @Override
        PlayedRig newRig() {
            return BitbucketServerHostTest.rig(folder, new PlayedBitbucketServer(folder));
        }

        @Override
        Proposal openFromFork(SourceFile file) {
            return forked(rig, file);
        }

        @Override
        GitHost unreachable() {
            HostSite site = new HostSite(HostConfig.Kind.BITBUCKET, URI.create("http://127.0.0.1:9"), "acme/models");
            return new io.modelgate.host.bitbucket.BitbucketServerHost(
                    site, nobody(), new HostedRepository(rig.clone("carol"), "main"));
        }
    }

    /** Which keeps no ref of a proposal from a fork: what it says of open ones is all there is. */
    @Nested
    class OnBitbucketCloud extends ProposedBytesContract<PlayedRig> {
        private PlayedBitbucketCloud cloud;

        @Override
        PlayedRig newRig() {
            cloud = new PlayedBitbucketCloud(folder);
            return BitbucketCloudHostTest.rig(folder, cloud);
        }

        @Override
        boolean keepsRefs() {
            return false;
        }

        @Override
        Proposal openFromFork(SourceFile file) {
            Proposal proposal = forked(rig, file);
            cloud.from = "outsider/models";
            return proposal;
        }

        @Override
        GitHost unreachable() {
            HostSite site = new HostSite(HostConfig.Kind.BITBUCKET, URI.create("https://bitbucket.org"), "acme/models");
            return new io.modelgate.host.bitbucket.cloud.BitbucketCloudHost(
                    site, nobody(), new HostedRepository(rig.clone("carol"), "main"));
        }

        @Test
        void andNothingGoesWhileTheForkOfAnOpenOneCannotBeRead() {
            Digest digest = stored("in a private fork");
            rig.open("alice", "one", rig.head("alice", mention("notes", digest)));
            cloud.from = "outsider/private";
            rig.played.git("update-ref", "-d", "refs/heads/alice/one");
            assertThatThrownBy(() -> garbage(GarbageScope.olderThan(Duration.ofDays(7)), Duration.ZERO))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("What proposal 1 refers to cannot be read");
        }
    }
}
