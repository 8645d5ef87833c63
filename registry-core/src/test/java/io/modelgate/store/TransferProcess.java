package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.StoreConfig;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process of its own that uploads a model and checks it out again, saying a dot for each step: something to kill. */
final class TransferProcess {
    private TransferProcess() {}

    /** The arguments are the folder of the model, the folder of the store and the folder to fill. */
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
            Stores stores = Stores.open(List.of(new StoreConfig("main", "file:" + args[1])), Path.of(""));
            stores.upload(
                    files.stream()
                            .map(file -> new Upload(file, tree.file(file.path()), "main"))
                            .toList(),
                    dots);
            Checkout.run(stores.named(Optional.empty()), files, Path.of(args[2]), dots);
            out.println("done");
        } catch (RegistryException e) {
            out.println(e.kind() + " " + e.getMessage() + " " + e.remedy());
        }
        out.flush();
    }

    /** The words of the command that runs it. */
    static List<String> command(Path model, Path store, Path target) throws URISyntaxException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-cp"));
        words.add(classes(FileStore.class) + System.getProperty("path.separator") + classes(TransferProcess.class));
        words.add(TransferProcess.class.getName());
        words.addAll(List.of(model.toString(), store.toString(), target.toString()));
        return words;
    }

    private static Path classes(Class<?> of) throws URISyntaxException {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
