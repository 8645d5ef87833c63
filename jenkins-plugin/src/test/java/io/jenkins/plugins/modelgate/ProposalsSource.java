package io.jenkins.plugins.modelgate;

import hudson.model.TaskListener;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.scm.SCM;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMProbe;
import jenkins.scm.api.SCMProbeStat;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMRevision;

/** A branch source of the proposals of an embedded host, as those of Git hosts are. A test registers a subclass with a descriptor. */
abstract class ProposalsSource extends SCMSource {
    /** What is there, by number: the head, and a merge where the host made one. */
    static final Map<Integer, List<String>> OPEN = new ConcurrentHashMap<>();

    static volatile String target = "";

    private final String remote;

    ProposalsSource(String remote) {
        this.remote = remote;
    }

    @Override
    protected void retrieve(
            SCMSourceCriteria criteria, SCMHeadObserver observer, SCMHeadEvent<?> event, TaskListener listener)
            throws IOException, InterruptedException {
        for (Map.Entry<Integer, List<String>> open : new TreeMap<>(OPEN).entrySet()) {
            ProposalHead head = new ProposalHead(open.getKey());
            observer.observe(head, new ProposalRevision(head, new Commit(head.getTarget(), target), open.getValue()));
        }
    }

    @Override
    public SCM build(SCMHead head, SCMRevision revision) {
        String commit = revision instanceof ProposalRevision proposal ? proposal.commits.get(0) : "main";
        return new GitSCM(
                List.of(new UserRemoteConfig(remote, "origin", "+refs/*:refs/remotes/origin/*", null)),
                List.of(new BranchSpec(commit)),
                null,
                null,
                List.of());
    }

    @Override
    protected SCMProbe createProbe(SCMHead head, SCMRevision revision) {
        return new SCMProbe() {
            @Override
            public SCMProbeStat stat(String path) {
                return SCMProbeStat.fromType(jenkins.scm.api.SCMFile.Type.REGULAR_FILE);
            }

            @Override
            public void close() {}

            @Override
            public String name() {
                return head.getName();
            }

            @Override
            public long lastModified() {
                return 0;
            }
        };
    }

    /** A proposal. */
    static final class ProposalHead extends SCMHead implements ChangeRequestSCMHead {
        private static final long serialVersionUID = 1L;

        private final int number;

        ProposalHead(int number) {
            super("PR-" + number);
            this.number = number;
        }

        @Override
        public String getId() {
            return String.valueOf(number);
        }

        @Override
        public SCMHead getTarget() {
            return new SCMHead("main");
        }
    }

    /** Where a branch is. */
    static final class Commit extends SCMRevision {
        private static final long serialVersionUID = 1L;

        private final String hash;

        Commit(SCMHead head, String hash) {
            super(head);
            this.hash = hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Commit commit && commit.hash.equals(hash);
        }

        @Override
        public int hashCode() {
            return hash.hashCode();
        }

        @Override
        public String toString() {
            return hash;
        }
    }

    /** Where a proposal is, written as branch sources do: {@code <head>+<target> (<merge>)}. */
    static final class ProposalRevision extends ChangeRequestSCMRevision<ProposalHead> {
        private static final long serialVersionUID = 1L;

        private final List<String> commits;

        ProposalRevision(ProposalHead head, SCMRevision target, List<String> commits) {
            super(head, target);
            this.commits = new java.util.ArrayList<>(commits);
        }

        @Override
        public boolean equivalent(ChangeRequestSCMRevision<?> other) {
            return other instanceof ProposalRevision revision && revision.commits.equals(commits);
        }

        @Override
        protected int _hashCode() {
            return commits.hashCode();
        }

        @Override
        public String toString() {
            return commits.get(0) + "+" + getTarget() + (commits.size() > 1 ? " (" + commits.get(1) + ")" : "");
        }
    }
}
