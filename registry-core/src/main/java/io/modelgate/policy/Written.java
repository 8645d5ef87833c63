package io.modelgate.policy;

import io.modelgate.finding.Place;
import io.modelgate.git.Snapshot;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.YamlReader;
import java.util.Optional;

/** The files of a registry: where in them a word stands, for findings about it, and which versions they register. */
public final class Written {
    /** No files: every word stands in its file, somewhere, and every version may be registered. */
    public static final Written NOWHERE = new Written(Optional.empty());

    private final Optional<Snapshot> snapshot;

    private Written(Optional<Snapshot> snapshot) {
        this.snapshot = snapshot;
    }

    /** The files of a commit or folder. */
    public static Written in(Snapshot snapshot) {
        return new Written(Optional.of(snapshot));
    }

    boolean has(VersionId version) {
        return snapshot.isEmpty()
                || snapshot.get()
                        .entry(new RegistryPath.ManifestFile(version).path())
                        .isPresent();
    }

    /**
     * Where a word of a document stands; where the deepest key is that is there, when the word is not.
     *
     * @param path its file
     * @param words keys of mappings, from the root on, and in a list the text that is meant
     */
    Place place(RegistryPath path, String... words) {
        Optional<Node> node = snapshot.flatMap(files -> files.read(path.path()))
                .flatMap(file -> YamlReader.read(file).value());
        Place place = Place.file(path.path());
        for (String word : words) {
            node = node.flatMap(each -> step(each, word));
            place = node.map(Node::place).orElse(place);
        }
        return place;
    }

    private static Optional<Node> step(Node node, String word) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.get(word);
        }
        return node instanceof Node.Sequence list
                ? list.items().stream()
                        .filter(each ->
                                each instanceof Node.Text text && text.value().equals(word))
                        .findFirst()
                : Optional.empty();
    }
}
