package io.modelgate.importer;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A file of another tool, read but not understood yet. */
sealed interface Source {
    String path();

    /** The whole file. */
    default Place place() {
        return Place.file(path());
    }

    /** The object of a JSON file; empty when the file is something else. */
    default Optional<Node.Mapping> object() {
        return Optional.empty();
    }

    /** The rows of a table: of a CSV file, or objects in a JSON list; empty when the file is something else. */
    default List<Node.Mapping> rows() {
        return List.of();
    }

    /** JSON. {@code NaN} and {@code Infinity} are text. */
    record Json(String path, Node root) implements Source {
        @Override
        public Optional<Node.Mapping> object() {
            return Trees.mapping(root);
        }

        @Override
        public List<Node.Mapping> rows() {
            return Trees.mappings(root);
        }
    }

    /** CSV. Each row has all columns; empty cells are null, all others text. */
    record Table(String path, Set<String> columns, List<Node.Mapping> rows) implements Source {}

    /** The front matter of a Markdown file. */
    record Card(String path, Node.Mapping frontMatter) implements Source {}
}
