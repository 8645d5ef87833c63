package io.modelgate.format;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a file is. The words are those of policies and manifests. */
public enum Format {
    ONNX("ONNX", false),
    SAFETENSORS("safetensors", false),
    GGUF("GGUF", false),
    PICKLE("Python pickle", true),
    JOBLIB("joblib", true),
    PYTORCH("PyTorch", true),
    TORCHSCRIPT("TorchScript", true),
    NUMPY("NumPy array", false),
    NUMPY_ZIP("NumPy arrays (npz)", false),
    KERAS("Keras", false),
    KERAS_HDF5("Keras HDF5", false),
    HDF5("HDF5", false),
    TENSORFLOW_SAVED_MODEL("TensorFlow SavedModel", true),
    TENSORFLOW_GRAPH("TensorFlow graph", true),
    TFLITE("TensorFlow Lite", false),
    XGBOOST_JSON("XGBoost JSON", false),
    XGBOOST_UBJ("XGBoost UBJSON", false),
    LIGHTGBM("LightGBM text", false),
    CATBOOST("CatBoost", false),
    PMML("PMML", false),
    SKOPS("skops", false),
    MLMODEL("MLflow MLmodel", true),
    ZIP("zip archive", false),
    TAR("tar archive", false),
    COMPRESSED("compressed file", false),
    PYTHON_SOURCE("Python source", true),
    PYTHON_BYTECODE("Python bytecode", true),
    JAVA_SERIALIZED("Java serialized object", true),
    R_SERIALIZED("R serialized object", true),
    EXECUTABLE("executable", true),
    GIT_LFS_POINTER("Git LFS pointer", false),
    JSON("JSON", false),
    YAML("YAML", false),
    XML("XML", false),
    CSV("CSV", false),
    TEXT("text", false),
    EMPTY("empty file", false),
    UNKNOWN("unknown", false);

    private final String title;
    private final boolean canRunCode;

    Format(String title, boolean canRunCode) {
        this.title = title;
        this.canRunCode = canRunCode;
    }

    /** The word of policies and manifests, such as {@code keras-hdf5}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /**
     * Whether loading any file of this format with its usual library can run code that is in it. A single file of another format
     * may do so too: see {@link Examined#canRunCode()}.
     */
    public boolean canRunCode() {
        return canRunCode;
    }

    /** The format of this word. */
    public static Optional<Format> find(String word) {
        return Stream.of(values()).filter(each -> each.id().equals(word)).findFirst();
    }

    /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
    public static Format parse(String word) {
        return find(word)
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no format. Known are: "
                        + Stream.of(values()).map(Format::id).collect(Collectors.joining(", ")) + "."));
    }

    @Override
    public String toString() {
        return id();
    }
}
