import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.Checkout;
import io.modelgate.store.FileDigest;
import io.modelgate.store.FileTree;
import io.modelgate.store.Progress;
import io.modelgate.store.Stores;
import io.modelgate.store.Upload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Hashes a folder and prints its files; pushes files that were printed into a store of S3, as 'modelgate push' does; or pulls them. */
public final class StoresBenchmark {
    private StoresBenchmark() {}

    /** Arguments: 'push' or 'pull', the address of the store, its server, the list of files, the folder; or 'list' and a folder. */
    public static void main(String[] args) throws IOException {
        if (args[0].equals("list")) {
            list(Path.of(args[1]));
            return;
        }
        StoreLocation location =
                new StoreLocation(args[1], Optional.of(URI.create(args[2])), Optional.empty(), Optional.empty());
        Stores stores = Stores.open(List.of(new StoreConfig("main", location, List.of())), Path.of(""));
        if (args[0].equals("push")) {
            push(stores, Path.of(args[3]), Path.of(args[4]));
        } else {
            pull(stores, Path.of(args[3]), Path.of(args[4]));
        }
    }

    private static void list(Path folder) {
        StringBuilder list = new StringBuilder();
        FileTree.hash(folder, Progress.NONE).get().forEach(file ->
                list.append(file.digest()).append(' ').append(file.size()).append(' ').append(file.path()).append('\n'));
        System.out.print(list);
    }

    private static List<FileDigest> read(Path list) throws IOException {
        try (Stream<String> lines = Files.lines(list)) {
            return lines.map(line -> line.split(" ", 3))
                    .map(words -> new FileDigest(words[2], Digest.parse(words[0]), Long.parseLong(words[1])))
                    .toList();
        }
    }

    private static void push(Stores stores, Path list, Path folder) throws IOException {
        Upload.Destination to = new Upload.Destination("main", VersionId.parse("bench/model@1.0.0"));
        stores.upload(
                read(list).stream()
                        .map(file -> new Upload(file, folder.resolve(file.path()), to))
                        .toList(),
                Progress.NONE);
    }

    private static void pull(Stores stores, Path list, Path folder) throws IOException {
        Checkout.run(stores.named(Optional.empty()), read(list), folder, Progress.NONE);
    }
}
