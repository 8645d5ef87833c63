package io.modelgate.format;

import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The layers of a Keras model. A Lambda layer is code, and so is whatever a module that is not of Keras brings. */
final class KerasConfig {
    private static final Pattern OF_KERAS =
            Pattern.compile("(keras|keras_hub|keras_nlp|keras_cv|tf_keras|builtins)(\\..*)?|");

    private KerasConfig() {}

    /** Reads the configuration at the start of these bytes; what comes after it is not read. In what is damaged may be code. */
    static void read(Bytes bytes, Notes notes) throws DamagedException {
        try {
            Json.read(bytes, json -> read(json, notes));
        } catch (DamagedException e) {
            notes.runsCode();
            throw e;
        }
    }

    private static void read(JsonParser json, Notes notes) throws DamagedException {
        int level = 0;
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            level += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.VALUE_STRING) {
                see(json, notes);
            }
            if (level == 0) {
                return;
            }
        }
        throw new DamagedException("Its configuration is cut.");
    }

    private static void see(JsonParser json, Notes notes) {
        String key = json.currentName() == null ? "" : json.currentName();
        String value = json.getString();
        boolean lambda = (key.equals("class_name") || key.equals("registered_name"))
                && (value.equals("Lambda") || value.endsWith(">Lambda") || value.equals("__lambda__"));
        boolean foreign = key.equals("module") && !OF_KERAS.matcher(value).matches();
        if (lambda) {
            notes.runsCode();
            notes.calls("Lambda");
        } else if (foreign) {
            notes.runsCode();
            notes.calls(value);
        }
    }
}
