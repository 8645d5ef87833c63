package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema inside a policy says what it means, refers to nothing outside and always ends. */
class EmbeddedSchemaTest {
    @Test
    void namesThePlaceInTheDocument() {
        List<Finding> findings =
                check("{type: object, required: [lineage], properties: {size: {maximum: 3}}}", "name: x\nsize: 4\n");
        assertThat(findings)
                .extracting(Finding::toString)
                .containsExactly(
                        "document.yaml:1:1: 'lineage' is missing. Add it.",
                        "document.yaml:2:7: size is 4, must be at most 3. Correct the number.");
    }

    @Test
    void followsReferencesInsideItself() {
        String schema = "{$defs: {a/b: {minimum: 5}}, properties: {x: {$ref: '#/$defs/a~1b'}, next: {$ref: '#'}}}";
        assertThat(check(schema, "next: {next: {x: 4}}\n"))
                .extracting(Finding::message)
                .containsExactly("next.next.x is 4, must be at least 5");
    }

    @Test
    void assertsFormats() {
        assertThat(check("{properties: {d: {format: date}}}", "d: 2026-02-30\n"))
                .hasSize(1);
    }

    @Test
    void endsAPatternAtTheVeryEnd() {
        assertThat(check("{properties: {d: {pattern: '^a$'}}}", "d: \"a\\n\"\n"))
                .hasSize(1);
    }

    @Test
    void saysOneThingAboutAChoice() {
        String schema = "{properties: {x: {anyOf: [{type: string}, {type: object, required: [a, b]}]}}}";
        assertThat(check(schema, "x: 1\n"))
                .extracting(Finding::message)
                .containsExactly("x matches none, or more than one, of the alternatives that the schema allows");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {requird: [a]}                          | 'requird' is not a keyword that schemas in policies can have; did you mean 'required'?
            {required: a}                           | required must be a list
            {required: [a, a]}                      | required has 'a' twice
            {properties: [a]}                       | properties must be a mapping
            {properties: {a: 1}}                    | properties.a is not a schema: a mapping, true or false
            {type: strnig}                          | type is 'strnig', must be one of string, number, integer, boolean, object, array, null; did you mean 'string'?
            {type: [string, null]}                  | type must be text; quote "null"
            {minimum: '3'}                          | minimum must be a number
            {minLength: -1}                         | minLength must be a whole number, 0 or more
            {multipleOf: 0}                         | multipleOf must be a number above 0
            {anyOf: []}                             | anyOf must be a list
            {pattern: '['}                          | '[' is not a regular expression
            {patternProperties: {'(': true}}        | '(' is not a regular expression
            {format: email}                         | format is 'email', must be one of date, date-time, uri
            {$ref: 'https://evil.example/x.json'}   | $ref is 'https://evil.example/x.json', must be # or start with #/
            {$ref: 'file:///etc/passwd'}            | $ref is 'file:///etc/passwd', must be # or start with #/
            {$ref: 'classpath:/x'}                  | $ref is 'classpath:/x', must be # or start with #/
            {$ref: '#anchor'}                       | $ref is '#anchor', must be # or start with #/
            {$ref: '#/$defs/none'}                  | $ref is '#/$defs/none', which points at nothing
            {$ref: '#/%zz'}                         | $ref is '#/%zz', which points at nothing
            {$schema: 'http://json-schema.org/draft-07/schema#'} | $schema is 'http://json-schema.org/draft-07/schema#', must be one of https://json-schema.org/draft/2020-12/schema; did you mean 'https://json-schema.org/draft/2020-12/schema'?
            {$id: 'https://x.example/'}             | '$id' is not a keyword that schemas in policies can have
            {$dynamicRef: '#x'}                     | '$dynamicRef' is not a keyword that schemas in policies can have
            {$ref: '#'}                             | this schema refers to itself for ever
            {allOf: [{$ref: '#/allOf/0'}]}          | this schema refers to itself for ever
            {$defs: {a: {$ref: '#/$defs/b'}, b: {not: {$ref: '#/$defs/a'}}}} | this schema refers to itself for ever
            """)
    void refusesASchemaThatDoesNotSayWhatItMeans(String schema, String message) {
        assertThat(of(schema).findings()).extracting(Finding::message).containsExactly(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(.*a){20}$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    void givesUpAPatternThatWouldTakeForEver(String pattern) {
        String document = "d: " + "a".repeat(4000) + "!\ne: " + "x".repeat(4000) + "\n";
        List<Finding> findings = check("{additionalProperties: {not: {pattern: '" + pattern + "'}}}", document);
        assertThat(findings).extracting(Finding::rule).containsExactly("schema/limit");
    }

    @Test
    void givesUpASchemaThatDoublesAtEveryLevel() {
        StringBuilder schema = new StringBuilder("{$ref: '#/$defs/a0', $defs: {");
        for (int i = 0; i < 40; i++) {
            schema.append("a%d: {allOf: [{$ref: '#/$defs/a%d'}, {$ref: '#/$defs/a%d'}]}, ".formatted(i, i + 1, i + 1));
        }
        List<Finding> findings = check(schema.append("a40: {type: string}}}").toString(), "x: 1\n");
        assertThat(findings).extracting(Finding::rule).containsExactly("schema/limit");
    }

    @Test
    void refusesAChainOfReferencesWithoutEnd() {
        StringBuilder schema = new StringBuilder("{$ref: '#/$defs/a0', $defs: {");
        for (int i = 0; i < 500; i++) {
            schema.append("a%d: {$ref: '#/$defs/a%d'}, ".formatted(i, i + 1));
        }
        assertThat(of(schema.append("a500: {type: string}}}").toString()).ok()).isFalse();
    }

    private static List<Finding> check(String schema, String document) {
        return of(schema)
                .get()
                .check(YamlReader.read(SourceFile.of("document.yaml", document)).get());
    }

    private static Checked<EmbeddedSchema> of(String schema) {
        return EmbeddedSchema.of(
                YamlReader.read(SourceFile.of("policy.yaml", schema + "\n")).get());
    }
}
