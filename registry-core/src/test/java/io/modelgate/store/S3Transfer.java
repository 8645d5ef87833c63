package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that moves one file to S3 or from there, saying a dot for each step: something to kill. */
final class S3Transfer {
    private S3Transfer() {}

    /** The arguments are 'put' or 'get', the address of the store, its server, the file and a file with the same bytes. */
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
            Path like = Path.of(args[4]);
            FileDigest file =
                    FileTree.of(List.of(like)).get().hash(Progress.NONE).get().get(0);
            ArtifactStore store = S3Peer.store(S3Peer.location(args[1], URI.create(args[2])));
            if (args[0].equals("put")) {
                store.put(file, Path.of(args[3]), dots);
            } else {
                store.get(file, Path.of(args[3]), dots);
            }
            out.println("done");
        } catch (RegistryException e) {
            out.println(e.kind() + " " + e.getMessage() + " " + e.remedy());
        }
        out.flush();
    }

    /** The words of the command that runs it, in little memory. */
    static List<String> command(S3Peer.Bucket bucket, String what, Path file, Path like) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                S3Transfer.class.getName(),
                what,
                bucket.location().url(),
                bucket.peer().url().toString(),
                file.toString(),
                like.toString());
    }
}
