package io.modelgate.manifest;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads a file as a document of one kind. */
public final class Documents {
    private Documents() {}

    /** YAML, {@code apiVersion}, {@code kind} and the JSON Schema of the kind: everything that shape can say. */
    public static Checked<Node.Mapping> read(Kind kind, SourceFile file) {
        return readTrusted(kind, file).then(root -> matched(kind, root));
    }

    /** A document that was read or made already: the same as of a file, at the places of its nodes. */
    public static Checked<Node.Mapping> check(Kind kind, Node.Mapping document) {
        return checkKind(kind, document).then(root -> matched(kind, root));
    }

    private static Checked<Node.Mapping> matched(Kind kind, Node.Mapping root) {
        return Checked.of(root, SchemaLibrary.check(kind.schema(), root));
    }

    /** YAML, {@code apiVersion} and {@code kind} only: quick, for what is merged and was checked before. */
    public static Checked<Node.Mapping> readTrusted(Kind kind, SourceFile file) {
        return YamlReader.read(file, kind.maxBytes()).then(root -> checkKind(kind, root));
    }

    private static Checked<Node.Mapping> checkKind(Kind kind, Node root) {
        if (!(root instanceof Node.Mapping mapping)) {
            return Checked.refused(Finding.block(
                    "schema/type", root.place(), "the document is not a mapping", "Write 'key: value' lines."));
        }
        List<Finding> findings = new ArrayList<>();
        expect(mapping, "apiVersion", Kind.API_VERSION, List.of(Kind.API_VERSION))
                .ifPresent(findings::add);
        List<String> kinds = Arrays.stream(Kind.values()).map(Kind::word).toList();
        expect(mapping, "kind", kind.word(), kinds).ifPresent(findings::add);
        return findings.isEmpty() ? Checked.of(mapping) : Checked.refused(findings);
    }

    private static Optional<Finding> expect(Node.Mapping mapping, String key, String wanted, List<String> known) {
        String remedy = "Write '" + key + ": " + wanted + "'.";
        Optional<Node> found = mapping.get(key);
        if (found.isEmpty()) {
            return Optional.of(Finding.block("schema/required", mapping.place(), "'" + key + "' is missing", remedy));
        }
        if (!(found.get() instanceof Node.Text text)) {
            return Optional.of(Finding.block("schema/type", found.get().place(), key + " is not text", remedy));
        }
        if (text.value().equals(wanted)) {
            return Optional.empty();
        }
        String here = known.contains(text.value()) ? ", but a " + wanted + " belongs here" : ", expected " + wanted;
        return Optional.of(Finding.block("schema/" + key, text.place(), key + " is " + text.value() + here, remedy));
    }
}
