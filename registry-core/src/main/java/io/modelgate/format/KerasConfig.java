package io.modelgate.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The layers of a Keras model. A Lambda layer is code, and so is whatever a module that is not of Keras brings. */
final class KerasConfig {
    private static final Pattern OF_KERAS =
            Pattern.compile("(keras|keras_hub|keras_nlp|keras_cv|tf_keras|builtins)(\\..*)?|");

    /** Functions of Keras that a model may name: activations, losses, metrics. */
    private static final Set<String> COMPUTES = Set.of(
            ("celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu linear log_sigmoid"
                            + " log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign"
                            + " sparse_plus sparse_sigmoid squareplus swish tanh tanh_shrink threshold"
                            + " binary_crossentropy binary_focal_crossentropy categorical_crossentropy"
                            + " categorical_focal_crossentropy categorical_hinge circle cosine_similarity ctc dice hinge huber"
                            + " kl_divergence log_cosh mean_absolute_error mean_absolute_percentage_error mean_squared_error"
                            + " mean_squared_logarithmic_error poisson sparse_categorical_crossentropy squared_hinge tversky"
                            + " mae mape mse msle binary_accuracy categorical_accuracy sparse_categorical_accuracy"
                            + " top_k_categorical_accuracy sparse_top_k_categorical_accuracy")
                    .split(" ", -1));

    /** What of Python itself a configuration may hold. */
    private static final Set<String> DATA = Set.of(
            "bool",
            "bytes",
            "complex",
            "dict",
            "ellipsis",
            "float",
            "frozenset",
            "int",
            "list",
            "set",
            "slice",
            "str",
            "tuple",
            "NoneType");

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
        Deque<Map<String, String>> open = new ArrayDeque<>();
        int level = 0;
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            level += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.START_OBJECT) {
                open.push(new HashMap<>());
            } else if (token == JsonToken.END_OBJECT) {
                see(open.pop(), notes);
            } else if (token == JsonToken.VALUE_STRING) {
                see(json, notes);
                if (!open.isEmpty() && json.currentName() != null) {
                    open.peek().put(json.currentName(), json.getString());
                }
            }
            if (level == 0) {
                return;
            }
        }
        throw new DamagedException("Its configuration is cut.");
    }

    /**
     * A function by name can be any that Keras or Python has, such as one that fetches a file or {@code exec}: only those that
     * compute are none.
     */
    private static void see(Map<String, String> described, Notes notes) {
        String name = described.getOrDefault("config", "");
        boolean function = "function".equals(described.get("class_name")) && !COMPUTES.contains(name);
        boolean builtin = "builtins".equals(described.get("module"))
                && !"function".equals(described.get("class_name"))
                && !DATA.contains(described.getOrDefault("class_name", ""));
        if (function || builtin) {
            notes.runsCode();
            notes.calls(described.getOrDefault("module", "") + "."
                    + (function ? name : described.getOrDefault("class_name", "")));
        }
    }

    private static void see(JsonParser json, Notes notes) {
        see(json.currentName() == null ? "" : json.currentName(), json.getString(), notes);
    }

    private static void see(String key, String value, Notes notes) {
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

    /** Judges one object that may be of Keras by what describes it: its class, module, and configuration. */
    static void judge(Map<String, String> described, Notes notes) {
        described.forEach((key, value) -> see(key, value, notes));
        see(described, notes);
    }
}
