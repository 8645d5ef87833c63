package io.modelgate.format;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Opens JSON that nobody trusts: no deep nesting, no endless numbers, no key twice. Python writes NaN, so that is allowed. */
final class Json {
    private static final JsonFactory STRICT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxNumberLength(1000)
                    .maxNameLength(100_000)
                    .maxStringLength(Limits.HEADER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** Work on a parser. */
    interface Reading {
        void read(JsonParser json) throws DamagedException;
    }

    private Json() {}

    /** Reads JSON; what is wrong with it is damage. */
    static void read(Bytes bytes, Reading reading) throws DamagedException {
        try (JsonParser json = STRICT.createParser(ObjectReadContext.empty(), new BytesInputStream(bytes))) {
            reading.read(json);
        } catch (JacksonException e) {
            String message = e.getOriginalMessage().lines().findFirst().orElse("");
            String sentence = "Its JSON is damaged: " + message + ".";
            // Python takes a key twice, and has other limits
            boolean unread = e instanceof StreamConstraintsException || message.startsWith("Duplicate");
            throw unread ? DamagedException.unread(sentence) : new DamagedException(sentence);
        }
    }
}
