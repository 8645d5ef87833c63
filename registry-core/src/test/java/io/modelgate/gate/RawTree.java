package io.modelgate.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Commits trees that no honest client would write: links, submodules, executables, odd names, empty folders. */
final class RawTree implements AutoCloseable {
    private final Repository repository;
    private final ObjectInserter inserter;
    private final ObjectReader reader;

    private record Entry(FileMode mode, ObjectId id) {}

    RawTree(Path gitDirectory) throws IOException {
        repository = new RepositoryBuilder().setGitDir(gitDirectory.toFile()).build();
        inserter = repository.newObjectInserter();
        reader = repository.newObjectReader();
    }

    /** A child of a commit in which a path is a blob of this mode. */
    String commit(String parent, String path, FileMode mode, String content) {
        try {
            return commit(parent, path, mode, inserter.insert(Constants.OBJ_BLOB, bytes(content)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A child of a commit in which a path is an empty folder. */
    String commitEmptyFolder(String parent, String path) {
        try {
            return commit(parent, path, FileMode.TREE, inserter.insert(new TreeFormatter()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A child of a commit in which a path is a submodule. */
    String commitSubmodule(String parent, String path) {
        return commit(parent, path, FileMode.GITLINK, ObjectId.fromString("1".repeat(40)));
    }

    private String commit(String parent, String path, FileMode mode, ObjectId id) {
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId tree = walk.parseCommit(ObjectId.fromString(parent)).getTree();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(put(tree, path.split("/"), 0, new Entry(mode, id)));
            commit.setParentId(ObjectId.fromString(parent));
            PersonIdent mallory =
                    new PersonIdent("mallory", "mallory@evil.example", Instant.EPOCH, java.time.ZoneOffset.UTC);
            commit.setAuthor(mallory);
            commit.setCommitter(mallory);
            commit.setMessage("Evil\n");
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return made.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectId put(ObjectId tree, String[] names, int depth, Entry entry) throws IOException {
        Map<String, Entry> children = new TreeMap<>();
        if (!tree.equals(ObjectId.zeroId())) {
            CanonicalTreeParser parser = new CanonicalTreeParser(new byte[0], reader, tree);
            for (; !parser.eof(); parser.next()) {
                children.put(
                        parser.getEntryPathString(), new Entry(parser.getEntryFileMode(), parser.getEntryObjectId()));
            }
        }
        Entry old = children.get(names[depth]);
        boolean folder = old != null && old.mode() == FileMode.TREE;
        children.put(
                names[depth],
                depth == names.length - 1
                        ? entry
                        : new Entry(
                                FileMode.TREE, put(folder ? old.id() : ObjectId.zeroId(), names, depth + 1, entry)));
        TreeFormatter formatter = new TreeFormatter();
        children.entrySet().stream()
                .sorted((a, b) -> Arrays.compareUnsigned(key(a), key(b)))
                .forEach(child -> formatter.append(
                        bytes(child.getKey()),
                        child.getValue().mode(),
                        child.getValue().id()));
        return inserter.insert(formatter);
    }

    private static byte[] key(Map.Entry<String, Entry> child) {
        return bytes(child.getValue().mode() == FileMode.TREE ? child.getKey() + "/" : child.getKey());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        inserter.close();
        reader.close();
        repository.close();
    }
}
