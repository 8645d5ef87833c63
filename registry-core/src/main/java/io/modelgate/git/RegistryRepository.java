package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileBasedConfig;

/**
 * The Git repository of a registry: reads commits, builds trees and commits in memory, and moves refs by compare-and-swap.
 * Nothing needs a work tree. Opened by {@link Repositories}. Safe for use by one thread; other processes may write at the
 * same time.
 */
public final class RegistryRepository implements AutoCloseable {
    private final Repository repository;
    private final Upstream upstream;
    private final ObjectReader reader;

    RegistryRepository(Repository repository, Upstream upstream) {
        this.repository = repository;
        this.upstream = upstream;
        this.reader = repository.newObjectReader();
    }

    /** Brings the latest refs and objects here; does nothing for a repository that is used directly. */
    public void refresh() {
        upstream.refresh();
    }

    /** Where a ref points. */
    public Optional<CommitId> ref(String fullName) {
        try {
            Ref ref = repository.exactRef(RefNames.require(fullName));
            return Optional.ofNullable(ref).map(Ref::getObjectId).map(id -> new CommitId(id.name()));
        } catch (IOException e) {
            throw broken("The ref " + fullName + " cannot be read.", e);
        }
    }

    /** Whether a ref is only another name for a ref; a write to it would go there. */
    public boolean isSymbolic(String fullName) {
        try {
            Ref ref = repository.exactRef(RefNames.require(fullName));
            return ref != null && ref.isSymbolic();
        } catch (IOException e) {
            throw broken("The ref " + fullName + " cannot be read.", e);
        }
    }

    /** All refs whose names start so, by name. */
    public SortedMap<String, CommitId> refs(String prefix) {
        try {
            SortedMap<String, CommitId> refs = new TreeMap<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
                if (ref.getObjectId() != null) {
                    refs.put(ref.getName(), new CommitId(ref.getObjectId().name()));
                }
            }
            return Collections.unmodifiableSortedMap(refs);
        } catch (IOException e) {
            throw broken("The refs of the repository cannot be read.", e);
        }
    }

    /** The tree of a commit. */
    public Snapshot snapshot(CommitId commit) {
        return new Snapshot(reader, parsed(commit).getTree(), Optional.of(commit));
    }

    /** A tree without any file. */
    public Snapshot empty() {
        return write(inserter -> inserter.insert(new TreeFormatter()));
    }

    /** What merging the head into the target would give, whole files only. */
    public MergeOutcome merge(CommitId target, CommitId head) {
        List<CommitId> bases = mergeBases(target, head);
        if (bases.isEmpty()) {
            return new MergeOutcome.Unrelated();
        }
        if (bases.contains(head)) {
            return new MergeOutcome.Merged(snapshot(target));
        }
        Snapshot ours = snapshot(target);
        List<String> conflicts = new ArrayList<>();
        Optional<Snapshot> result = Optional.empty();
        for (CommitId base : bases) {
            TreeMerge merge = new TreeMerge(snapshot(base), ours, snapshot(head));
            conflicts.addAll(merge.conflicts());
            if (merge.conflicts().isEmpty()) {
                Snapshot merged = write(inserter -> new TreeWriter(inserter, ours).write(merge.toApply()));
                if (result.isPresent() && !result.get().tree().equals(merged.tree())) {
                    return new MergeOutcome.Conflicting(merged.changesTo(result.get()).stream()
                            .map(TreeChange::path)
                            .toList());
                }
                result = Optional.of(merged);
            }
        }
        return result.filter(merged -> conflicts.isEmpty())
                .<MergeOutcome>map(MergeOutcome.Merged::new)
                .orElseGet(() -> new MergeOutcome.Conflicting(
                        conflicts.stream().distinct().toList()));
    }

    /** The base with these files written and deleted. Objects are written, no ref moves. */
    public Snapshot edit(Snapshot base, TreeEdit edit) {
        return write(inserter -> {
            TreeWriter writer = new TreeWriter(inserter, base);
            SortedMap<String, Optional<TreeEntry>> entries = new TreeMap<>();
            for (Map.Entry<String, Optional<SourceFile>> file : edit.files().entrySet()) {
                Optional<SourceFile> content = file.getValue();
                entries.put(
                        file.getKey(),
                        content.isPresent()
                                ? Optional.of(writer.blob(file.getKey(), content.get()))
                                : Optional.empty());
            }
            return writer.write(entries);
        });
    }

    /** Writes a commit; no ref moves. */
    public CommitId commit(Snapshot tree, CommitDraft draft) {
        CommitBuilder commit = new CommitBuilder();
        PersonIdent person =
                new PersonIdent(draft.author().name(), draft.author().email(), draft.when(), ZoneOffset.UTC);
        commit.setAuthor(person);
        commit.setCommitter(person);
        commit.setMessage(draft.message());
        commit.setTreeId(tree.treeId());
        draft.parents().forEach(parent -> commit.addParentId(ObjectId.fromString(parent.hex())));
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return new CommitId(id.name());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Whether there is such a commit here. */
    public boolean has(CommitId commit) {
        try (RevWalk walk = new RevWalk(reader)) {
            walk.parseCommit(ObjectId.fromString(commit.hex()));
            return true;
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return false;
        } catch (IOException e) {
            throw broken("Commit " + commit + " cannot be read.", e);
        }
    }

    /** A common ancestor; empty for unrelated histories. */
    public Optional<CommitId> mergeBase(CommitId left, CommitId right) {
        return mergeBases(left, right).stream().findFirst();
    }

    /** Whether the first commit is the second or an ancestor of it. */
    public boolean isAncestor(CommitId ancestor, CommitId descendant) {
        try (RevWalk walk = new RevWalk(reader)) {
            return walk.isMergedInto(
                    walk.parseCommit(ObjectId.fromString(ancestor.hex())),
                    walk.parseCommit(ObjectId.fromString(descendant.hex())));
        } catch (IOException e) {
            throw missing(descendant, e);
        }
    }

    /** What a commit says. */
    public CommitFacts facts(CommitId commit) {
        return facts(parsed(commit));
    }

    /** The commits that are in the head and not in the base, newest first, at most {@code max}. */
    public List<CommitFacts> between(CommitId base, CommitId head, int max) {
        try (RevWalk walk = new RevWalk(reader)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(head.hex())));
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(base.hex())));
            List<CommitFacts> commits = new ArrayList<>();
            for (RevCommit commit = walk.next(); commit != null && commits.size() < max; commit = walk.next()) {
                commits.add(facts(commit));
            }
            return commits;
        } catch (IOException e) {
            throw missing(head, e);
        }
    }

    /** The commit and its first parents, newest first, read as they are asked for. */
    public Iterable<CommitFacts> firstParents(CommitId tip) {
        return () -> new FirstParents(this, tip);
    }

    /** Moves refs, all or none, here or on the other side. */
    public PublishResult publish(List<RefChange> changes) {
        return upstream.publish(changes);
    }

    /** Whether work is done directly in this repository and not in a copy of a remote one. */
    public boolean isDirect() {
        return upstream instanceof DirectUpstream;
    }

    /** The folder of the repository itself. */
    public java.nio.file.Path directory() {
        return repository.getDirectory().toPath();
    }

    /**
     * A value of the repository's own configuration, such as {@code modelgate.identity}; what the user or the machine have
     * configured for all repositories does not count.
     */
    public Optional<String> setting(String section, String name) {
        FileBasedConfig own = new FileBasedConfig(directory().resolve("config").toFile(), repository.getFS());
        try {
            own.load();
            return Optional.ofNullable(own.getString(section, null, name));
        } catch (IOException | ConfigInvalidException e) {
            throw broken("The configuration of the repository cannot be read.", e);
        }
    }

    /**
     * Writes values into the repository's own configuration.
     *
     * @param values by name with a dot, such as {@code receive.fsckObjects}
     */
    public void configure(SortedMap<String, String> values) {
        StoredConfig config = repository.getConfig();
        values.forEach((name, value) -> {
            int dot = name.indexOf('.');
            config.setString(name.substring(0, dot), null, name.substring(dot + 1), value);
        });
        try {
            config.save();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    @Override
    public void close() {
        reader.close();
        repository.close();
    }

    Repository jgit() {
        return repository;
    }

    private Snapshot write(Writing writing) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId tree = writing.write(inserter);
            inserter.flush();
            return new Snapshot(reader, tree, Optional.empty());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Writes objects and gives the root tree. */
    interface Writing {
        ObjectId write(ObjectInserter inserter) throws IOException;
    }

    private List<CommitId> mergeBases(CommitId left, CommitId right) {
        try (RevWalk walk = new RevWalk(reader)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(ObjectId.fromString(left.hex())));
            walk.markStart(walk.parseCommit(ObjectId.fromString(right.hex())));
            List<CommitId> bases = new ArrayList<>();
            for (RevCommit base = walk.next(); base != null; base = walk.next()) {
                bases.add(new CommitId(base.name()));
            }
            return bases;
        } catch (IOException e) {
            throw missing(right, e);
        }
    }

    private RevCommit parsed(CommitId commit) {
        try (RevWalk walk = new RevWalk(reader)) {
            return walk.parseCommit(ObjectId.fromString(commit.hex()));
        } catch (IOException e) {
            throw missing(commit, e);
        }
    }

    private static CommitFacts facts(RevCommit commit) {
        List<CommitId> parents = new ArrayList<>();
        for (RevCommit parent : commit.getParents()) {
            parents.add(new CommitId(parent.name()));
        }
        PersonIdent committer = commit.getCommitterIdent();
        return new CommitFacts(
                new CommitId(commit.name()),
                parents,
                commit.getFullMessage(),
                signature(commit.getAuthorIdent()),
                signature(committer),
                committer.getWhenAsInstant());
    }

    private static CommitFacts.Signature signature(PersonIdent person) {
        return new CommitFacts.Signature(person.getName(), person.getEmailAddress());
    }

    private RegistryException missing(CommitId commit, Exception cause) {
        boolean shallow = java.nio.file.Files.exists(directory().resolve("shallow"));
        return RegistryException.environment(
                "Commit " + commit + " is not in this repository" + (shallow ? ": it is a shallow clone." : "."),
                shallow ? "Fetch the whole history: 'git fetch --unshallow'." : "Fetch it, or check the number.",
                cause);
    }

    private RegistryException unwritable(Exception cause) {
        return RegistryException.environment(
                "The repository " + directory() + " cannot be written: " + cause.getMessage(),
                "Check its permissions and the free space of the disk.",
                cause);
    }

    private RegistryException broken(String message, Exception cause) {
        return RegistryException.environment(message, "Run 'git fsck' in " + directory() + ".", cause);
    }
}
