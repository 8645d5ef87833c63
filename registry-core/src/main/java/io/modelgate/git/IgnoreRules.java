package io.modelgate.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;

/** The {@code .gitignore} files of a checkout. What is tracked is never ignored. */
final class IgnoreRules {
    private static final String FILE = ".gitignore";
    private static final int MOST_BYTES = 1 << 20;

    private final Path root;
    private final TrackedFiles tracked;
    private final Map<String, Optional<IgnoreNode>> nodes = new HashMap<>();

    IgnoreRules(Path root, TrackedFiles tracked) {
        this.root = root;
        this.tracked = tracked;
    }

    boolean ignores(String path, boolean folder) {
        for (String above = parent(path); ; above = parent(above)) {
            Optional<IgnoreNode> node = nodes.computeIfAbsent(above, this::read);
            String within = above.isEmpty() ? path : path.substring(above.length() + 1);
            Optional<Boolean> said = node.flatMap(rules -> Optional.ofNullable(rules.checkIgnored(within, folder)));
            if (said.isPresent()) {
                return said.get() && !tracked.has(path);
            }
            if (above.isEmpty()) {
                return false;
            }
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private Optional<IgnoreNode> read(String folder) {
        Path file = root.resolve(folder).resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream stream = Files.newInputStream(file)) {
            IgnoreNode node = new IgnoreNode();
            node.parse(new ByteArrayInputStream(stream.readNBytes(MOST_BYTES)));
            return Optional.of(node);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
