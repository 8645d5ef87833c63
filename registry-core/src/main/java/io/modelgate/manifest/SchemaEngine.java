package io.modelgate.manifest;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.BasicDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.format.DateFormat;
import com.networknt.schema.format.DateTimeFormat;
import com.networknt.schema.format.UriFormat;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.resource.ResourceLoader;
import com.networknt.schema.resource.SchemaLoader;
import com.networknt.schema.serialization.NodeReader;
import io.modelgate.finding.Finding;
import java.util.List;

/**
 * The JSON Schema engine as we use it: 2020-12 with format assertions, few formats, bounded work, and nothing loaded but
 * what a loader of ours gives. Few formats and no message bundles, because start-up time counts.
 */
final class SchemaEngine {
    /** What editors show, and we say, when a pattern does not match. */
    static final String PATTERN_MESSAGE = "patternErrorMessage";
    /** Beside {@code enum}: what others call its words. */
    static final String SYNONYMS = "synonyms";

    static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    /** The formats that are asserted. */
    static final List<String> FORMATS = List.of("date", "date-time", "uri");

    private static final long MOST_STEPS = 2_000_000;
    private static final int DEEPEST = 1_000;
    private static final String VOCABULARY = "https://json-schema.org/draft/2020-12/vocab/";
    private static final Dialect DIALECT = dialect();

    private SchemaEngine() {}

    /** A registry that gets schemas from these and from nowhere else. */
    static SchemaRegistry registry(NodeReader reader, List<ResourceLoader> loaders) {
        return SchemaRegistry.builder()
                .defaultDialectId(DRAFT)
                .dialectRegistry(new BasicDialectRegistry(DIALECT))
                .nodeReader(reader)
                .schemaLoader(new SchemaLoader(List.of(), loaders))
                .schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .preloadSchema(false)
                        .regularExpressionFactory(SchemaPattern::new)
                        .messageSource((key, fallback, locale, arguments) -> key)
                        .build())
                .build();
    }

    /** What is wrong with the document; a check that takes too much work is a finding too. */
    static List<Finding> check(Schema schema, SchemaSource schemas, Node document) {
        try {
            List<Error> errors = schema.validate(
                    JsonTree.of(document),
                    context -> context.executionConfig(
                            config -> config.maxEvaluationSteps(MOST_STEPS).maxEvaluationDepth(DEEPEST)));
            return errors.isEmpty() ? List.of() : SchemaFindings.findings(errors, schemas, document);
        } catch (SchemaPattern.TooMuchWork | ValidationLimitExceededException e) {
            return List.of(Finding.block(
                    "schema/limit",
                    document.place(),
                    "the check takes too much work: " + e.getMessage(),
                    "Make the text shorter or the schema simpler."));
        }
    }

    private static Dialect dialect() {
        return Dialect.builder(DRAFT)
                .specificationVersion(SpecificationVersion.DRAFT_2020_12)
                .idKeyword("$id")
                .formats(List.of(new DateFormat(), new DateTimeFormat(), new UriFormat()))
                .keywords(KeywordType.getKeywords(SpecificationVersion.DRAFT_2020_12))
                .keyword(new NonValidationKeyword(PATTERN_MESSAGE))
                .keyword(new NonValidationKeyword(SYNONYMS))
                .vocabulary(VOCABULARY + "core")
                .vocabulary(VOCABULARY + "applicator")
                .vocabulary(VOCABULARY + "unevaluated")
                .vocabulary(VOCABULARY + "validation")
                .vocabulary(VOCABULARY + "meta-data")
                .vocabulary(VOCABULARY + "format-assertion")
                .build();
    }
}
