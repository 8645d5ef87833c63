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

/** Hashes and pushes a folder into a store of S3 and prints its files, or pulls files that were printed into another folder. */
public final class StoresBenchmark {
    private StoresBenchmark() {}

    /** Arguments: 'push' or 'pull', the address of the store, its server, the folder with the files; for 'pull' the list of them first. */
    public static void main(String[] args) throws IOException {
        StoreLocation location =
                new StoreLocation(args[1], Optional.of(URI.create(args[2])), Optional.empty(), Optional.empty());
        Stores stores = Stores.open(List.of(new StoreConfig("main", location, List.of())), Path.of(""));
        if (args[0].equals("push")) {
            push(stores, Path.of(args[3]));
        } else {
            pull(stores, Path.of(args[3]), Path.of(args[4]));
        }
    }

    private static void push(Stores stores, Path folder) {
        FileTree tree = FileTree.of(List.of(folder)).get();
        List<FileDigest> files = tree.hash(Progress.NONE).get();
        Upload.Destination to = new Upload.Destination("main", VersionId.parse("bench/model@1.0.0"));
        stores.upload(
                files.stream()
                        .map(file -> new Upload(file, tree.file(file.path()), to))
                        .toList(),
                Progress.NONE);
        StringBuilder list = new StringBuilder();
        files.forEach(file -> list.append(file.digest()).append(' ').append(file.size()).append(' ').append(file.path()).append('\n'));
        System.out.print(list);
    }

    private static void pull(Stores stores, Path list, Path folder) throws IOException {
        try (Stream<String> lines = Files.lines(list)) {
            List<FileDigest> files = lines.map(line -> line.split(" ", 3))
                    .map(words -> new FileDigest(words[2], Digest.parse(words[0]), Long.parseLong(words[1])))
                    .toList();
            Checkout.run(stores.named(Optional.empty()), files, folder, Progress.NONE);
        }
    }
}
