package io.modelgate.git;

import io.modelgate.manifest.SourceFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process of its own that commits files to main one after the other, says the name of each, and can be killed. */
final class PublishingProcess {
    private PublishingProcess() {}

    /** The arguments are the repository, a name, and how many files to commit. */
    public static void main(String[] args) {
        PrintStream out = System.out;
        try (RegistryRepository repository = Repositories.open(Path.of(args[0]))) {
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                String name = args[1] + "-" + i;
                publish(repository, name);
                out.println(name);
                out.flush();
            }
        }
    }

    static void publish(RegistryRepository repository, String name, int files) {
        for (int i = 0; i < files; i++) {
            publish(repository, name + "-" + i);
        }
    }

    /** Adds a file to main, and a ref of its own in the same step. */
    private static void publish(RegistryRepository repository, String name) {
        Backoff backoff = new Backoff();
        do {
            Optional<CommitId> tip = repository.ref(CommandLineGit.MAIN);
            Snapshot base = tip.map(repository::snapshot).orElseGet(repository::empty);
            if (base.entry(name).isPresent()) {
                return;
            }
            Snapshot tree = repository.edit(base, TreeEdit.of(List.of(SourceFile.of(name, name))));
            CommitId commit = repository.commit(
                    tree,
                    Writing.draft(name + "\n", Instant.EPOCH, tip.map(List::of).orElse(List.of())));
            PublishResult result = repository.publish(List.of(
                    new RefChange(CommandLineGit.MAIN, tip, Optional.of(commit)),
                    RefChange.create("refs/modelgate/done/" + name, commit)));
            if (result instanceof PublishResult.Published) {
                return;
            }
            if (result instanceof PublishResult.Refused refused) {
                throw new IllegalStateException(refused.message());
            }
        } while (backoff.again());
        throw new IllegalStateException("lost every race");
    }

    /** The words of the command that runs it. */
    static List<String> command(Path repository, String name, int files) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        words.add(System.getProperty("java.class.path"));
        words.add(PublishingProcess.class.getName());
        words.addAll(List.of(repository.toString(), name, String.valueOf(files)));
        return words;
    }
}
