package io.modelgate.format;

import java.util.Set;
import java.util.regex.Pattern;

/** What a pickle imports: a module and the name of something in it. */
record PickleName(String module, String name) implements PickleValue {
    /** These make values and do nothing else. */
    private static final Pattern DATA = Pattern.compile(String.join(
            "|",
            "(builtins|__builtin__)\\.(set|frozenset|dict|list|tuple|bytearray|bytes|complex|int|long|float|str|unicode"
                    + "|bool|object|slice|range|xrange|Ellipsis|NotImplemented)",
            "collections\\.(OrderedDict|defaultdict|deque|Counter)",
            "(copyreg|copy_reg)\\.(_reconstructor|__newobj__)",
            "_codecs\\.encode",
            "datetime\\.(date|datetime|time|timedelta|timezone)",
            "decimal\\.Decimal|fractions\\.Fraction|uuid\\.UUID|pathlib\\.(Pure)?(Posix|Windows)?Path",
            "numpy\\.(dtype|ndarray|matrix|u?int\\d*|float\\d*|complex\\d*|bool_?|str_|bytes_|object_|void|datetime64"
                    + "|timedelta64)",
            "numpy\\.(_?core)\\.multiarray\\.(_reconstruct|scalar)",
            "numpy\\.(_?core)\\.numeric\\._frombuffer",
            "numpy\\.dtypes\\.\\w+DType",
            "numpy\\.ma\\.core\\._mareconstruct",
            "(sklearn\\.externals\\.)?joblib\\.numpy_pickle(_compat|_utils)?\\.(NumpyArrayWrapper|Z?NDArrayWrapper)",
            "torch\\.(\\w*Storage|Size|device|u?int\\d+|float\\d+\\w*|bfloat16|bool|half|double|long|strided)",
            "torch\\.storage\\.\\w*Storage",
            "torch\\._utils\\._rebuild_(tensor|tensor_v2|tensor_v3|parameter|qtensor|sparse_tensor)",
            "torch\\.serialization\\._get_layout",
            "__torch__\\..*",
            "torch\\.jit\\._pickle\\.(build_\\w+list|build_tensor_from_id|restore_type_tag)"));

    private static final Pattern REMAKING =
            Pattern.compile("_+(rebuild|reconstruct|unpickle|pyx_unpickle)\\w*|\\w*_ctor");

    private static final Set<String> LIBRARIES = Set.of(
            "catboost",
            "imblearn",
            "joblib",
            "keras",
            "lightgbm",
            "numpy",
            "pandas",
            "scipy",
            "sklearn",
            "statsmodels",
            "torch",
            "torchvision",
            "transformers",
            "xgboost");

    private static final Set<String> ARRAY_WRAPPERS = Set.of("NumpyArrayWrapper", "NDArrayWrapper", "ZNDArrayWrapper");

    boolean isData() {
        return DATA.matcher(toString()).matches();
    }

    /** A class of a library for models, or what remakes an object of one: what an honest pickle is made of. */
    boolean isClassOfLibrary() {
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean fits = REMAKING.matcher(last).matches() || (!last.isEmpty() && Character.isUpperCase(last.charAt(0)));
        return fits && LIBRARIES.contains(module.split("\\.", 2)[0]);
    }

    /** Whether Python could import something of this name. */
    boolean isPossible() {
        return areIdentifiers(module) && areIdentifiers(name);
    }

    /** Whether Python could import its module, whatever it would then find in it. */
    boolean hasPossibleModule() {
        return areIdentifiers(module);
    }

    /** Identifiers with dots between. A loop: a regular expression for this is recursive, and the text as long as the file. */
    private static boolean areIdentifiers(String text) {
        boolean starts = true;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (starts ? !isLetter(each) : !isLetter(each) && !isDigit(each) && each != '.') {
                return false;
            }
            starts = each == '.';
        }
        return !starts;
    }

    /** What is not ASCII was perhaps not decoded, and is taken for a letter. */
    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || character == '_'
                || character > 0x7f;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** The class that stands for an array whose bytes joblib writes after it. */
    boolean isArrayOfJoblib() {
        return module.contains("joblib") && ARRAY_WRAPPERS.contains(name);
    }

    @Override
    public String toString() {
        return module + "." + name;
    }
}
