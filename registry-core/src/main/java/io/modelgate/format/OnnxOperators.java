package io.modelgate.format;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The operators of an ONNX model: some run Python, and those of a domain that ONNX Runtime does not have come with a library. */
final class OnnxOperators {
    /** What ONNX Runtime brings itself. */
    private static final Set<String> BUILT_IN =
            Set.of("", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training", "com.microsoft");

    /** {@code PyOp} of ONNX Runtime, {@code PythonOp} of its training, {@code PyCustomOpDef} of its extensions, and their like. */
    private static final Pattern PYTHON = Pattern.compile("(?i)py(thon)?_?(custom)?_?(op|func)\\w*");

    private static final int MOST = 10_000;
    private static final int LONGEST = 500;

    private final Notes notes;
    private final Set<String> defined = new HashSet<>();
    private final Set<String> foreign = new HashSet<>();
    private final Set<String> domains = new TreeSet<>();

    OnnxOperators(Notes notes) {
        this.notes = notes;
    }

    /** The model has a function of this name, which is an operator to it. */
    void define(String domain, String name) {
        if (defined.size() < MOST && domain.length() + name.length() <= LONGEST) {
            defined.add(name(domain, name));
        }
    }

    /** The model uses an operator; says whether that one runs Python. */
    boolean use(String domain, String type) {
        if (PYTHON.matcher(type).matches()) {
            notes.runsCode();
            notes.calls(name(domain, type));
            return true;
        }
        if (!BUILT_IN.contains(domain)) {
            if (foreign.size() < MOST && domain.length() + type.length() <= LONGEST) {
                foreign.add(name(domain, type));
            } else if (domains.size() < MOST) {
                domains.add(domain);
            }
        }
        return false;
    }

    /** Says what is wanted of others, when all operators and functions are known. */
    void tell() {
        for (String each : foreign) {
            if (!defined.contains(each)) {
                domains.add(each.substring(0, each.lastIndexOf("::")));
            }
        }
        for (String each : domains) {
            notes.runsCode();
            notes.calls("operators of the domain " + each + ", which a library of native code must bring");
        }
    }

    private static String name(String domain, String type) {
        return domain.isEmpty() ? type : domain + "::" + type;
    }
}
