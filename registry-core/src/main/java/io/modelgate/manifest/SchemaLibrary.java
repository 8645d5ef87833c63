package io.modelgate.manifest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.format.DateFormat;
import com.networknt.schema.format.DateTimeFormat;
import com.networknt.schema.format.UriFormat;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.resource.InputStreamSource;
import com.networknt.schema.resource.SchemaLoader;
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
    /** What editors show, and we say, when a pattern does not match. */
    static final String PATTERN_MESSAGE = "patternErrorMessage";

    static final String BASE = "https://modelgate.io/schemas/v1/";
    private static final String FOLDER = "/modelgate/schemas/v1/";

    private static final String VOCABULARY = "https://json-schema.org/draft/2020-12/vocab/";
    private static final Dialect DIALECT = dialect();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.builder()
            .defaultDialectId(DIALECT.getId())
            .dialectRegistry(new BasicDialectRegistry(DIALECT))
            .nodeReader(new TreeReader())
            .schemaLoader(new SchemaLoader(List.of(), List.of(iri -> open(iri.toString()))))
            .schemaRegistryConfig(config())
            .build();
    private static final Map<String, Schema> LOADED = new ConcurrentHashMap<>();
    private static final Map<String, Node> TEXTS = new ConcurrentHashMap<>();

    private SchemaLibrary() {}

    /** What is wrong with a document by the schema of this name, such as {@code model-version}. */
    static List<Finding> check(String name, Node document) {
        Schema schema = LOADED.computeIfAbsent(name, each -> REGISTRY.getSchema(SchemaLocation.of(address(each))));
        return SchemaCheck.check(schema, SchemaLibrary::text, document);
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

    static String address(String name) {
        return BASE + name + ".schema.json";
    }

    /** JSON Schema 2020-12 with the few formats that our schemas use: the others would cost start-up time. */
    private static Dialect dialect() {
        return Dialect.builder("https://json-schema.org/draft/2020-12/schema")
                .specificationVersion(SpecificationVersion.DRAFT_2020_12)
                .idKeyword("$id")
                .formats(List.of(new DateFormat(), new DateTimeFormat(), new UriFormat()))
                .keywords(KeywordType.getKeywords(SpecificationVersion.DRAFT_2020_12))
                .keyword(new NonValidationKeyword(PATTERN_MESSAGE))
                .vocabulary(VOCABULARY + "core")
                .vocabulary(VOCABULARY + "applicator")
                .vocabulary(VOCABULARY + "validation")
                .vocabulary(VOCABULARY + "meta-data")
                .vocabulary(VOCABULARY + "format-assertion")
                .build();
    }

    private static SchemaRegistryConfig config() {
        return SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .preloadSchema(false)
                .messageSource((key, fallback, locale, arguments) -> key)
                .build();
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
