package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.VersionId;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.semver4j.Semver;

/** A process of its own that uploads a model and checks it out again, saying a dot for each step: something to kill. */
final class TransferProcess {
    private static final Upload.Destination DESTINATION =
            new Upload.Destination("main", VersionId.parse("credit/default-risk@1.0.0"));

    private TransferProcess() {}

    /** The arguments are the folder of the model, the address of the store, the folder to fill, and that of a cache or none. */
    public static void main(String[] args) {
        PrintStream out = System.out;
        Progress dots = new Progress() {
            @Override
            public void advanced(long bytes) {
                out.print('.');
                out.flush();
            }
        };
        try {
            FileTree tree = FileTree.of(List.of(Path.of(args[0]))).get();
            List<FileDigest> files = tree.hash(dots).get();
            Stores stores = Stores.open(List.of(new StoreConfig("main", args[1])), Path.of(""));
            stores.upload(
                    files.stream()
                            .map(file -> new Upload(file, tree.file(file.path()), DESTINATION))
                            .toList(),
                    dots);
            if (args.length == 3) {
                Checkout.run(stores.named(Optional.empty()), files, Path.of(args[2]), dots);
            } else {
                ArtifactCache cache = new ArtifactCache(Path.of(args[3]), 1L << 40);
                CacheUse use = args[4].equals("links") ? CacheUse.LINKS : CacheUse.NORMAL;
                try (CachedStore cached = cache.before(stores.named(Optional.empty()), files, use)) {
                    Checkout.run(cached, files, Path.of(args[2]), dots);
                }
            }
            out.println("done");
        } catch (RegistryException e) {
            out.println(e.kind() + " " + e.getMessage() + " " + e.remedy());
        }
        out.flush();
    }

    /** The words of the command that runs it. */
    static List<String> command(Path model, String store, Path target, String... cache) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-cp"));
        words.add(Stream.of(FileStore.class, TransferProcess.class, Semver.class)
                .map(TransferProcess::classes)
                .collect(Collectors.joining(System.getProperty("path.separator"))));
        words.add(TransferProcess.class.getName());
        words.addAll(List.of(model.toString(), store, target.toString()));
        words.addAll(List.of(cache));
        return words;
    }

    private static String classes(Class<?> of) {
        return Path.of(URI.create(
                        of.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }
}
