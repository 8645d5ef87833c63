package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.StoreConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A process of its own that uploads one file to a registry, saying a dot for each chunk that is there: something to kill. */
final class OciTransfer {
    private OciTransfer() {}

    /** The arguments are the address of the store, the file, and after how many dots to wait for ever, or 0. */
    public static void main(String[] args) {
        PrintStream out = System.out;
        int last = Integer.parseInt(args[2]);
        AtomicInteger dots = new AtomicInteger();
        Progress progress = new Progress() {
            @Override
            public void advanced(long bytes) {
                out.print('.');
                out.flush();
                if (dots.incrementAndGet() == last) {
                    waitForEver();
                }
            }
        };
        try {
            Path source = Path.of(args[1]);
            FileDigest file =
                    FileTree.of(List.of(source)).get().hash(Progress.NONE).get().get(0);
            Stores.open(List.of(new StoreConfig("main", args[0])), Path.of(""))
                    .named(Optional.empty())
                    .of(ModelName.parse("credit/default-risk"))
                    .put(file, source, progress);
            out.println("done");
        } catch (RegistryException e) {
            out.println(e.kind() + " " + e.getMessage() + " " + e.remedy());
        }
        out.flush();
    }

    private static void waitForEver() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
