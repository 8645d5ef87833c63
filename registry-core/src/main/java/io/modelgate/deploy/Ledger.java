package io.modelgate.deploy;

import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import java.util.List;
import java.util.Optional;

/**
 * What was deployed of one stage, as the branch {@code deployments/<stage>} says: {@code live/} holds what runs, {@code open/}
 * what is still to be handed over, {@code commit} up to which commit of the target branch it was looked what to do.
 *
 * @param tip where the branch is; empty before the first deployment
 * @param tree its files
 */
record Ledger(Optional<CommitId> tip, Snapshot tree) {
    static final String COMMIT = "commit";
    static final String README = "README.md";

    private static final String LIVE = "live";
    private static final String OPEN = "open";

    static Ledger read(RegistryRepository repository, Stage stage) {
        Optional<CommitId> tip = repository.ref(ref(stage));
        return new Ledger(tip, tip.map(repository::snapshot).orElseGet(repository::empty));
    }

    static String ref(Stage stage) {
        return "refs/heads/" + branch(stage);
    }

    static String branch(Stage stage) {
        return "deployments/" + stage;
    }

    static String live(Destination destination) {
        return path(LIVE, destination);
    }

    static String open(Destination destination) {
        return path(OPEN, destination);
    }

    private static String path(String folder, Destination destination) {
        return folder + "/" + destination.target() + "/" + destination.model() + ".yaml";
    }

    /** Up to which commit of the target branch everything was planned. */
    Optional<CommitId> planned() {
        return tree.read(COMMIT)
                .map(file -> file.text().strip())
                .filter(text -> text.matches("[0-9a-f]{40}"))
                .map(CommitId::new);
    }

    /** Where something is still to be handed over, whatever the records there say. */
    List<Destination> openPlaces(Stage stage) {
        return tree.files(OPEN).stream()
                .filter(Ledger::isRecord)
                .flatMap(entry -> place(stage, entry).stream())
                .toList();
    }

    private static Optional<Destination> place(Stage stage, TreeEntry entry) {
        String[] parts = entry.path().split("/", -1);
        try {
            String name = parts[3].substring(0, parts[3].length() - ".yaml".length());
            return Optional.of(new Destination(stage, parts[1], new ModelName(parts[2], name)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What runs. */
    List<Deployment> live() {
        return all(LIVE);
    }

    /** What was last handed over there and is healthy. */
    Optional<Deployment> liveAt(Destination destination) {
        return tree.read(live(destination)).flatMap(file -> valid(file, LIVE));
    }

    /** What is to be handed over there. */
    Optional<Deployment> openAt(Destination destination) {
        return tree.read(open(destination)).flatMap(file -> valid(file, OPEN));
    }

    private List<Deployment> all(String folder) {
        return tree.files(folder).stream()
                .filter(Ledger::isRecord)
                .flatMap(entry -> valid(tree.read(entry), folder).stream())
                .toList();
    }

    private static boolean isRecord(TreeEntry entry) {
        return entry.path().endsWith(".yaml") && entry.path().split("/", -1).length == 4;
    }

    /** A record that cannot be read, or lies where another belongs, is none: its order is carried out and written anew. */
    private static Optional<Deployment> valid(SourceFile file, String folder) {
        return Deployment.read(file).value().filter(record -> file.path().equals(path(folder, record.destination())));
    }
}
