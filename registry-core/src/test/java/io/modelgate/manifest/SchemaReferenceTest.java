package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The reference of the file formats is what the schemas say. Run with {@code -Dmodelgate.regenerate=true} to write it anew.
 */
class SchemaReferenceTest {
    private static final Path FOLDER = Path.of("../docs/reference/formats");
    private static final String HOW =
            "mvn -q -pl registry-core -am test -Dtest=SchemaReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dmodelgate.regenerate=true";

    @Test
    void isWhatTheSchemasSay() throws IOException {
        Map<String, String> pages = pages();
        if (Boolean.getBoolean("modelgate.regenerate")) {
            write(pages);
        }
        assertThat(committed()).as("stale; regenerate with: " + HOW).isEqualTo(pages);
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new TreeMap<>();
        Stream.concat(Arrays.stream(Kind.values()).map(Kind::schema), DocumentSchemas.NAMES.stream())
                .forEach(name -> pages.put(name + ".md", ReferencePage.write(name)));
        String list = pages.keySet().stream()
                .map(file -> "* [" + ReferencePage.title(file.replace(".md", "")) + "](" + file + ")")
                .collect(Collectors.joining("\n"));
        pages.put(
                "README.md",
                "# File formats\n\nEvery document of a registry is YAML 1.2 with a closed JSON Schema: a key that the schema does"
                        + " not know is refused.\n\n" + list
                        + "\n\nThese pages are generated from the schemas:\n\n```sh\n" + HOW
                        + "\n```\n");
        return pages;
    }

    private static void write(Map<String, String> pages) throws IOException {
        Files.createDirectories(FOLDER);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
        }
    }

    private static Map<String, String> committed() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            return Map.of();
        }
        Map<String, String> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                pages.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return pages;
    }
}
