import io.modelgate.finding.Checked;
import io.modelgate.manifest.Digest;
import io.modelgate.store.Checkout;
import io.modelgate.store.FileDigest;
import io.modelgate.store.FileStore;
import io.modelgate.store.FileTree;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What register and pull do with bytes, and nothing else: a process to be timed. */
public final class Hashing {
    private Hashing() {}

    /** {@code hash <folder>}, {@code upload <folder> <store>} or {@code checkout <store> <output of the others> <folder>}. */
    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "hash" -> print(hash(find(args[1])));
            case "upload" -> {
                FileTree tree = find(args[1]);
                List<FileDigest> files = hash(tree);
                FileStore store = store(args[2]);
                files.forEach(file -> store.put(file, tree.file(file.path()), Progress.NONE));
                print(files);
            }
            case "checkout" -> {
                List<FileDigest> files =
                        Files.readAllLines(Path.of(args[2])).stream().map(Hashing::parse).toList();
                Checkout.run(store(args[1]), files, Path.of(args[3]), Progress.NONE);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static FileTree find(String folder) {
        return FileTree.of(List.of(Path.of(folder))).get();
    }

    private static List<FileDigest> hash(FileTree tree) {
        Checked<List<FileDigest>> files = tree.hash(Progress.NONE);
        return files.get();
    }

    private static FileStore store(String folder) {
        return new FileStore("main", Path.of(folder));
    }

    private static void print(List<FileDigest> files) {
        StringBuilder lines = new StringBuilder();
        for (FileDigest file : files) {
            lines.append(file.digest().hex() + " " + file.size() + " " + file.path() + "\n");
        }
        System.out.print(lines);
    }

    private static FileDigest parse(String line) {
        String[] words = line.split(" ", 3);
        return new FileDigest(words[2], new Digest(words[0]), Long.parseLong(words[1]));
    }
}
