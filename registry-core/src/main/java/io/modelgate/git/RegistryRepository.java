package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;

/**
 * The Git repository of a registry: reads commits, builds trees in memory, writes commits, and moves refs by
 * compare-and-swap. Nothing needs a work tree. Opened by {@link Repositories}. For one thread; other processes may write at
 * the same time.
 */
public final class RegistryRepository implements AutoCloseable {
    private static final Pattern PLAIN_PATH =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*/[A-Za-z0-9_][A-Za-z0-9._-]*");

    private final Repository repository;
    private final Upstream upstream;
    private final GitObjects objects;
    private final History history;

    RegistryRepository(Repository repository, Upstream upstream) {
        this.repository = repository;
        this.upstream = upstream;
        this.objects = new GitObjects(repository);
        this.history = new History(repository, objects);
    }

    /** Brings the latest refs and objects here; does nothing for a repository that is used directly. */
    public void refresh() {
        upstream.refresh();
    }

    /** Whether people's files lie beside it: then its branches are theirs, and nothing but they may move them. */
    public boolean hasWorkTree() {
        return isDirect() && !repository.isBare();
    }

    /** As {@link #refresh}, even if that was done a moment ago: for those who do not move refs by {@link #publish}. */
    public void refreshNow() {
        upstream.refreshNow();
    }

    /**
     * Brings a commit that no branch here may have, such as the head of a proposal from a fork.
     *
     * @param ref the full name of a ref on the other side that points to it
     * @return the commit that the ref points to; empty when there is no such ref
     */
    public Optional<CommitId> bring(String ref) {
        return upstream.bring(RefNames.require(ref));
    }

    /**
     * Brings a commit from another repository on the same host, such as a fork. The host is the registry's own, so that no name
     * of a repository leads a secret elsewhere.
     *
     * @param path of the repository there: {@code owner/name}, of letters, digits, dots, hyphens and underscores
     * @param ref the full name of a ref there
     * @return the commit that the ref points to; empty when there is no such ref, or a path or ref has another form
     */
    public Optional<CommitId> bring(String path, String ref) {
        return PLAIN_PATH.matcher(path).matches() && isRef(ref) ? upstream.bring(path, ref) : Optional.empty();
    }

    /** Whether a name is one of those that refs may have here; Git allows more. */
    public static boolean isRef(String fullName) {
        return RefNames.isValid(fullName);
    }

    /** Where a ref points. */
    public Optional<CommitId> ref(String fullName) {
        try {
            Ref ref = repository.exactRef(RefNames.require(fullName));
            return Optional.ofNullable(ref).map(Ref::getObjectId).map(CommitId::of);
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

    /** All refs whose names start so, by name. The prefix ends in a slash, so that only one folder is looked into. */
    public SortedMap<String, CommitId> refs(String prefix) {
        RefNames.requirePrefix(prefix);
        try {
            SortedMap<String, CommitId> refs = new TreeMap<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
                if (ref.getObjectId() != null) {
                    refs.put(ref.getName(), CommitId.of(ref.getObjectId()));
                }
            }
            return Collections.unmodifiableSortedMap(refs);
        } catch (IOException e) {
            throw broken("The refs below " + prefix + " cannot be read.", e);
        }
    }

    /** Finds every digest that the registry mentions anywhere; nothing is read before it is asked to. */
    public DigestWalk digests() {
        return new DigestWalk(repository, upstream);
    }

    /** What the registry said at a commit. */
    public Snapshot snapshot(CommitId commit) {
        byte[] bytes = objects.commit(commit.toObjectId());
        return new Snapshot(objects, CommitReader.tree(commit, bytes), Optional.of(commit));
    }

    /** The tree with this object id, such as that of a snapshot. */
    public Snapshot snapshotOfTree(EntryId tree) {
        return new Snapshot(objects, tree.toObjectId(), Optional.empty());
    }

    /** A tree without any file. */
    public Snapshot empty() {
        return new Snapshot(objects, objects.add(Constants.OBJ_TREE, new byte[0]), Optional.empty());
    }

    /** The files of a folder as they are now, for checking them before anything is committed. */
    public Snapshot worktree(Path folder) {
        return new WorkFolder(repository, objects).read(folder);
    }

    /** What merging the head into the target would give, whole files only. Nothing is written. */
    public MergeOutcome merge(CommitId target, CommitId head) {
        List<CommitId> bases = history.mergeBases(target, head);
        if (bases.isEmpty()) {
            return new MergeOutcome.Unrelated();
        }
        if (bases.contains(head)) {
            return new MergeOutcome.Merged(snapshot(target));
        }
        if (bases.contains(target)) {
            return new MergeOutcome.Merged(snapshotOfTree(snapshot(head).tree()));
        }
        return new CrossMerge(objects, snapshot(target), snapshot(head))
                .over(bases.stream().map(this::snapshot).toList());
    }

    /** The base with these files written and deleted. Nothing is on the disk before a commit is made of it. */
    public Snapshot edit(Snapshot base, TreeEdit edit) {
        TreeWriter writer = new TreeWriter(objects, base);
        SortedMap<String, Optional<TreeEntry>> entries = new TreeMap<>();
        for (Map.Entry<String, Optional<SourceFile>> file : edit.files().entrySet()) {
            entries.put(file.getKey(), file.getValue().map(content -> writer.blob(file.getKey(), content)));
        }
        return new Snapshot(objects, writer.write(entries), Optional.empty());
    }

    /** Writes a commit and what is new in its tree; no ref moves. */
    public CommitId commit(Snapshot tree, CommitDraft draft) {
        if (!tree.isOf(objects)) {
            throw new IllegalArgumentException("the tree is of another repository");
        }
        CommitBuilder commit = new CommitBuilder();
        commit.setAuthor(person(draft.author(), draft.when()));
        commit.setCommitter(person(draft.committer(), draft.when()));
        commit.setMessage(draft.message());
        commit.setTreeId(tree.treeId());
        draft.parents().forEach(parent -> commit.addParentId(parent.toObjectId()));
        return CommitId.of(objects.keep(tree.treeId(), commit));
    }

    private static PersonIdent person(Author author, Instant when) {
        return new PersonIdent(author.name(), author.email(), when, ZoneOffset.UTC);
    }

    /** Whether there is such a commit here. */
    public boolean has(CommitId commit) {
        return history.has(commit);
    }

    /** The commits here whose ids begin with these digits, 2 to 40: several commits may be made to. */
    public List<CommitId> beginningWith(String digits) {
        return history.beginningWith(digits);
    }

    /** A common ancestor; empty for unrelated histories. */
    public Optional<CommitId> mergeBase(CommitId left, CommitId right) {
        return history.mergeBases(left, right).stream().findFirst();
    }

    /** Whether the first commit is the second or an ancestor of it. */
    public boolean isAncestor(CommitId ancestor, CommitId descendant) {
        return history.isAncestor(ancestor, descendant);
    }

    /** What a commit says. */
    public CommitFacts facts(CommitId commit) {
        return history.facts(commit);
    }

    /** The commits that are in the head and not in the base, newest first, at most {@code max}. */
    public List<CommitFacts> between(CommitId base, CommitId head, int max) {
        return history.between(base, head, max);
    }

    /** The commit and its first parents, newest first, read as they are asked for. */
    public Iterable<CommitFacts> firstParents(CommitId tip) {
        return () -> new FirstParents(this, tip);
    }

    /** The commits on the line of first parents, newest first, that hold something else at a path than their parent. */
    public List<CommitFacts> firstParentsTouching(CommitId tip, String path, int max) {
        List<CommitFacts> touching = new ArrayList<>();
        FirstParents walk = new FirstParents(this, tip);
        CommitFacts commit = walk.next();
        Optional<TreeEntry> now = snapshot(tip).entry(path);
        while (touching.size() < max) {
            Optional<CommitFacts> parent = walk.hasNext() ? Optional.of(walk.next()) : Optional.empty();
            Optional<TreeEntry> before =
                    parent.flatMap(each -> snapshot(each.id()).entry(path));
            if (!now.equals(before)) {
                touching.add(commit);
            }
            if (parent.isEmpty()) {
                break;
            }
            commit = parent.get();
            now = before;
        }
        return touching;
    }

    /**
     * Moves refs, all or none, here or on the other side. When this process dies in between, the next one that publishes
     * finds the refs moved or not moved, and no lock left behind.
     */
    public PublishResult publish(List<RefChange> changes) {
        if (changes.isEmpty() || changes.stream().map(RefChange::ref).distinct().count() < changes.size()) {
            throw new IllegalArgumentException("no refs, or one of them twice: " + changes);
        }
        return upstream.publish(changes);
    }

    /** Whether work is done directly in this repository and not in a copy of a remote one. */
    public boolean isDirect() {
        return upstream instanceof DirectUpstream || upstream instanceof HookUpstream;
    }

    /** The folder of this machine that the registry's repository is in; empty when that is on another machine. */
    public Optional<Path> home() {
        return upstream.home(directory());
    }

    /** The folder of the repository itself. */
    public Path directory() {
        return repository.getDirectory().toPath();
    }

    /**
     * A value of the repository's own configuration, such as {@code modelgate.identity}; what the user or the machine have
     * configured for all repositories does not count.
     */
    public Optional<String> setting(String section, String name) {
        FileBasedConfig own =
                new FileBasedConfig(new File(repository.getCommonDirectory(), Constants.CONFIG), repository.getFS());
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
            throw objects.unwritable(e);
        }
    }

    @Override
    public void close() {
        objects.close();
        repository.close();
        upstream.close();
    }

    Repository jgit() {
        return repository;
    }

    private RegistryException broken(String message, Exception cause) {
        return RegistryException.environment(message, "Run 'git fsck' in " + directory() + ".", cause);
    }
}
