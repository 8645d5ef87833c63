package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import hudson.model.Run;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.RegistryConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMRevision;

/**
 * What a build of a multibranch job builds, as its branch source says: nothing of it is the Jenkinsfile's.
 *
 * @param branch the branch, or the target of the proposal
 * @param proposal the number of the proposal; empty in the build of a branch
 * @param repository the key of the repository that the branch source reads
 * @param head the commit of the branch, or the head of the proposal
 * @param merges commits that the host made of target and head, where those were built
 */
record Built(String branch, OptionalInt proposal, String repository, CommitId head, List<CommitId> merges) {
    private static final Pattern COMMIT = Pattern.compile("(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])");

    Built {
        merges = List.copyOf(merges);
    }

    /** Whether this is a build of a branch source; {@link #of} tells more. */
    static boolean isBranchJob(Run<?, ?> run) {
        return SCMHead.HeadByItem.findHead(run.getParent()) != null;
    }

    /** What a build builds; empty where its job is of no branch source. */
    static Optional<Built> of(Run<?, ?> run) throws AbortException {
        SCMHead head = SCMHead.HeadByItem.findHead(run.getParent());
        if (head == null) {
            return Optional.empty();
        }
        SCMSource source = SCMSource.SourceByItem.findSource(run.getParent());
        SCMRevision revision = source == null ? null : SCMRevisionAction.getRevision(source, run);
        if (revision == null) {
            throw new AbortException("The branch source does not say which commit this build is of. Build it again.");
        }
        List<CommitId> commits = commits(revision);
        if (commits.isEmpty()) {
            throw new AbortException("The branch source says '" + revision + "' of this build, which names no commit.");
        }
        boolean request = head instanceof ChangeRequestSCMHead;
        SCMHead branch = request ? ((ChangeRequestSCMHead) head).getTarget() : head;
        return Optional.of(new Built(
                branch.getName(),
                request ? OptionalInt.of(number(((ChangeRequestSCMHead) head).getId())) : OptionalInt.empty(),
                source.build(branch).getKey(),
                commits.get(0),
                commits.subList(1, commits.size())));
    }

    /** Branch sources write a revision as its commit; that of a change request with those of target and merge beside it. */
    private static List<CommitId> commits(SCMRevision revision) {
        List<CommitId> commits = new ArrayList<>(find(revision.toString()));
        if (revision instanceof ChangeRequestSCMRevision<?> request) {
            commits.removeAll(find(request.getTarget().toString()));
        }
        return commits;
    }

    private static List<CommitId> find(String text) {
        Matcher matcher = COMMIT.matcher(text);
        return matcher.results()
                .map(found -> new CommitId(found.group()))
                .distinct()
                .toList();
    }

    private static int number(String id) throws AbortException {
        if (!id.matches("[1-9][0-9]{0,8}")) {
            throw new AbortException("The branch source calls this proposal '" + id + "', which is no number.");
        }
        return Integer.parseInt(id);
    }

    /** Whether this is the branch that proposals are merged into: what is there was judged. */
    boolean isTarget() {
        return proposal.isEmpty() && branch.equals(RegistryConfig.DEFAULT_BRANCH);
    }

    /** That the Jenkinsfile, which is the proposal's, names no other registry and no other proposal than the one built. */
    void require(RegistrySettings settings, int named) throws AbortException {
        if (!reads(settings.getLocation())) {
            throw new AbortException("This job builds another repository than the registry '" + settings.getId()
                    + "'. Its Jenkinsfile must name the registry that it is in; the address in the configuration and the"
                    + " one of the branch source must be of the same repository.");
        }
        boolean other = proposal.isPresent() && named != proposal.getAsInt();
        if (named != 0 && (other || isTarget())) {
            throw new AbortException("This build is not of proposal " + named + ". Leave 'proposal' out: "
                    + "the one that is being built is judged.");
        }
    }

    /** Whether this address leads to the repository that is built. */
    boolean reads(String location) {
        String[] words = repository.split(" ", 2);
        if (words.length < 2 || !words[0].equals("git")) {
            return false;
        }
        try {
            return RegistryAddress.of(words[1]).same(RegistryAddress.of(location));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
