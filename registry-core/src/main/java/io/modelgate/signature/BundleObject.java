package io.modelgate.signature;

import io.modelgate.manifest.Node;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One object of a bundle, read key by key; what is not expected is refused. */
final class BundleObject {
    private static final String REMEDY = "Sign it with a tool that follows OpenSSF Model Signing v1.0.";

    private final Node.Mapping mapping;
    private final String path;

    /** @param path how messages call it, such as {@code dsseEnvelope} */
    BundleObject(Node.Mapping mapping, String path) {
        this.mapping = mapping;
        this.path = path;
    }

    /** The same, having no keys but these. */
    BundleObject only(String... keys) throws RefusedException {
        Set<String> known = Set.of(keys);
        for (String key : mapping.entries().keySet()) {
            if (!known.contains(key)) {
                throw refused("'" + name(key) + "' is no field of it");
            }
        }
        return this;
    }

    boolean has(String key) {
        return mapping.get(key).isPresent();
    }

    String text(String key) throws RefusedException {
        Optional<Node> node = mapping.get(key);
        if (node.isPresent() && node.get() instanceof Node.Text text) {
            return text.value();
        }
        throw refused(node.isEmpty() ? "'" + name(key) + "' is missing" : "'" + name(key) + "' is not text");
    }

    /** Text that must be exactly this. */
    void expect(String key, String value) throws RefusedException {
        String there = text(key);
        if (!there.equals(value)) {
            throw refused("'" + name(key) + "' is '" + there + "', must be '" + value + "'");
        }
    }

    /** Standard base64 with padding and nothing else: there is one way to write the same bytes. */
    byte[] base64(String key) throws RefusedException {
        String text = text(key);
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length > 0 && Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for text that is base64 but not as one writes it.
        }
        throw refused(
                "'" + name(key) + "' is not base64 as it is written: the standard alphabet, padded, nothing else");
    }

    /** True or false, whichever. */
    void expectBool(String key) throws RefusedException {
        if (!(mapping.get(key).orElse(null) instanceof Node.Bool)) {
            throw refused("'" + name(key) + "' is neither true nor false");
        }
    }

    BundleObject child(String key) throws RefusedException {
        if (mapping.get(key).orElse(null) instanceof Node.Mapping child) {
            return new BundleObject(child, name(key));
        }
        throw refused(has(key) ? "'" + name(key) + "' is no object" : "'" + name(key) + "' is missing");
    }

    List<Node> list(String key) throws RefusedException {
        if (mapping.get(key).orElse(null) instanceof Node.Sequence list) {
            return list.items();
        }
        throw refused(has(key) ? "'" + name(key) + "' is no list" : "'" + name(key) + "' is missing");
    }

    /** The objects of a list. */
    BundleObject[] children(String key) throws RefusedException {
        List<Node> items = list(key);
        BundleObject[] children = new BundleObject[items.size()];
        for (int i = 0; i < children.length; i++) {
            String item = name(key) + "[" + i + "]";
            if (!(items.get(i) instanceof Node.Mapping child)) {
                throw refused("'" + item + "' is no object");
            }
            children[i] = new BundleObject(child, item);
        }
        return children;
    }

    /** The one object of a list. */
    BundleObject single(String key, String why) throws RefusedException {
        BundleObject[] children = children(key);
        if (children.length != 1) {
            throw refused("'" + name(key) + "' has " + children.length + " entries, must have exactly one" + why);
        }
        return children[0];
    }

    /** The texts of a list. */
    List<String> texts(String key) throws RefusedException {
        List<Node> items = list(key);
        String[] texts = new String[items.size()];
        for (int i = 0; i < texts.length; i++) {
            if (!(items.get(i) instanceof Node.Text text) || text.value().isEmpty()) {
                throw refused("'" + name(key) + "[" + i + "]' is not text");
            }
            texts[i] = text.value();
        }
        return Arrays.asList(texts);
    }

    RefusedException refused(String message) {
        return new RefusedException(message, REMEDY);
    }

    String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
