package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevFlag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/**
 * Answers questions about how commits descend from each other. In a shallow clone, a question that the missing part could
 * decide is not answered.
 */
final class History {
    private final Repository repository;
    private final GitObjects objects;

    History(Repository repository, GitObjects objects) {
        this.repository = repository;
        this.objects = objects;
    }

    /** The newest common ancestors; none for unrelated histories, several when branches were merged crosswise. */
    List<CommitId> mergeBases(CommitId left, CommitId right) {
        if (left.equals(right)) {
            return List.of(left);
        }
        return walk(List.of(left, right), walk -> {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(left.toObjectId()));
            walk.markStart(walk.parseCommit(right.toObjectId()));
            List<CommitId> bases = new ArrayList<>();
            for (RevCommit base = walk.next(); base != null; base = walk.next()) {
                bases.add(CommitId.of(base));
            }
            return bases;
        });
    }

    boolean isAncestor(CommitId ancestor, CommitId descendant) {
        return ancestor.equals(descendant)
                || walk(
                        List.of(ancestor, descendant),
                        walk -> walk.isMergedInto(
                                walk.parseCommit(ancestor.toObjectId()), walk.parseCommit(descendant.toObjectId())));
    }

    /** The commits that are in the head and not in the base, newest first, at most so many. */
    List<CommitFacts> between(CommitId base, CommitId head, int max) {
        List<CommitId> commits = walk(List.of(base, head), walk -> {
            walk.markStart(walk.parseCommit(head.toObjectId()));
            walk.markUninteresting(walk.parseCommit(base.toObjectId()));
            List<RevCommit> found = new ArrayList<>();
            for (RevCommit commit = walk.next(); commit != null && found.size() < max; commit = walk.next()) {
                found.add(commit);
            }
            // A commit with a false date can come out before it is known to be in the base.
            return found.stream()
                    .filter(commit -> !commit.has(RevFlag.UNINTERESTING))
                    .map(CommitId::of)
                    .toList();
        });
        return commits.stream().map(this::facts).toList();
    }

    /** What a commit says, its true parents included when the clone is shallow. */
    CommitFacts facts(CommitId commit) {
        return CommitReader.read(commit, objects.commit(commit.toObjectId()));
    }

    boolean has(CommitId commit) {
        try (RevWalk walk = new RevWalk(objects.reader())) {
            walk.parseCommit(commit.toObjectId());
            return true;
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return false;
        } catch (IOException e) {
            throw objects.unreadable(GitObjects.COMMIT, commit.toObjectId(), e);
        }
    }

    /** The commits here whose ids begin with these digits. */
    List<CommitId> beginningWith(String digits) {
        try {
            return objects.reader().resolve(AbbreviatedObjectId.fromString(digits)).stream()
                    .map(CommitId::of)
                    .filter(this::has)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw objects.unreadable(GitObjects.COMMIT, ObjectId.zeroId(), e);
        }
    }

    private interface Question<T> {
        T ask(RevWalk walk) throws IOException;
    }

    private <T> T walk(List<CommitId> about, Question<T> question) {
        try (RevWalk walk = new RevWalk(objects.reader())) {
            T answer = question.ask(walk);
            requireWhole(walk);
            return answer;
        } catch (MissingObjectException e) {
            boolean asked = about.contains(CommitId.of(e.getObjectId()));
            throw objects.unreadable(asked ? GitObjects.COMMIT : "an earlier commit", e.getObjectId(), e);
        } catch (IOException | LargeObjectException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw objects.unreadable(
                    GitObjects.COMMIT, about.get(about.size() - 1).toObjectId(), e);
        }
    }

    /** JGit takes the oldest commits of a shallow clone for commits without parents; having come to one means not to know. */
    private void requireWhole(RevWalk walk) throws IOException {
        for (ObjectId end : repository.getObjectDatabase().getShallowCommits()) {
            if (walk.lookupCommit(end).getTree() != null) {
                throw RegistryException.environment(
                        "The history that this question needs is not all in " + repository.getDirectory() + ": "
                                + Trouble.whyIncomplete(repository) + ".",
                        Trouble.howToComplete(repository),
                        null);
            }
        }
    }
}
