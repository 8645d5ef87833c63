package io.modelgate.manifest;

import java.util.Optional;
import java.util.function.Function;

/** Compares the names inside a file with the names in its path. */
public final class PathCheck {
    private PathCheck() {}

    /**
     * Notes a field that names something else than the path. A path that is none of this type (a file of a training job, a
     * file given on the command line) says nothing.
     */
    public static <P extends RegistryPath> void expect(
            Fields fields, String path, Class<P> type, String key, Function<P, Object> named) {
        RegistryPath of = RegistryPath.of(path);
        if (!type.isInstance(of)) {
            return;
        }
        String expected = named.apply(type.cast(of)).toString();
        Optional<Node> value = fields.node(key);
        if (value.isPresent()
                && value.get() instanceof Node.Text text
                && !text.value().equals(expected)) {
            fields.refuse(
                    key,
                    key + " is " + text.value() + ", but the path says " + expected,
                    "Write '" + key + ": " + expected + "', or move the file.");
        }
    }
}
