package io.modelgate.manifest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.resource.InputStreamSource;
import com.networknt.schema.serialization.NodeReader;
import io.modelgate.finding.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The JSON Schemas of the module {@code schemas}, each loaded when it is first needed, from the class path only. */
final class SchemaLibrary {
    private static final String BASE = "https://modelgate.io/schemas/v1/";
    private static final String FOLDER = "/modelgate/schemas/v1/";

    private static final SchemaRegistry REGISTRY =
            SchemaEngine.registry(new TreeReader(), List.of(iri -> open(iri.toString())));
    private static final Map<String, Schema> LOADED = new ConcurrentHashMap<>();
    private static final Map<String, Node> TEXTS = new ConcurrentHashMap<>();

    private SchemaLibrary() {}

    /** What is wrong with a document by the schema of this name, such as {@code model-version}. */
    static List<Finding> check(String name, Node document) {
        Schema schema = LOADED.computeIfAbsent(name, each -> REGISTRY.getSchema(SchemaLocation.of(address(each))));
        return SchemaEngine.check(schema, SchemaLibrary::text, document);
    }

    static String address(String name) {
        return BASE + name + ".schema.json";
    }

    /** The text of the schema with this address. */
    static Node text(String address) {
        return TEXTS.computeIfAbsent(address, each -> {
            InputStreamSource source = open(each);
            if (source == null) {
                throw new IllegalArgumentException("no schema " + each);
            }
            try (InputStream stream = source.getInputStream()) {
                return parse(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static @Nullable InputStreamSource open(String address) {
        if (!address.startsWith(BASE)) {
            return null;
        }
        String resource = FOLDER + address.substring(BASE.length());
        return () -> {
            InputStream stream = SchemaLibrary.class.getResourceAsStream(resource);
            if (stream == null) {
                throw new IOException("no schema " + resource + " on the class path");
            }
            return stream;
        };
    }

    private static Node parse(InputStream stream) throws IOException {
        return YamlReader.read(new SourceFile("schema", stream.readAllBytes())).get();
    }

    /** Reads schema files with our own YAML reader: JSON is YAML. */
    private static final class TreeReader implements NodeReader {
        @Override
        public JsonNode readTree(String content, InputFormat format) {
            return JsonTree.of(YamlReader.read(SourceFile.of("schema", content)).get());
        }

        @Override
        public JsonNode readTree(InputStream content, InputFormat format) {
            try (content) {
                return JsonTree.of(parse(content));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
