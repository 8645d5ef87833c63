package io.modelgate.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file {@code MLmodel} of MLflow: it names a module that loads the model, and the files beside it that are loaded. */
final class MlmodelText {
    private static final Pattern FLAVORS = Pattern.compile("(?m)^flavors:[ \\t]*(#.*)?\\r?$");
    private static final Pattern ENTRY = Pattern.compile(
            "(?m)^[ \\t]+(loader_module|model_path|pickled_model|model_data|data|code|model_code_path)[ \\t]*:[ \\t]*(\\S+)[ \\t]*\\r?$");

    private MlmodelText() {}

    static boolean fits(String text) {
        return FLAVORS.matcher(text).find();
    }

    static void read(String text, Notes notes) {
        Matcher entries = ENTRY.matcher(text);
        while (entries.find()) {
            String value = entries.group(2).replaceAll("^[\"']|[\"']$", "");
            if (entries.group(1).equals("loader_module")) {
                notes.calls(value);
            } else if (!value.equals("null")) {
                notes.needs(value);
                if (NeededFile.leavesTheFolder(value)) {
                    notes.problem("It loads " + value + ", which is outside its folder.");
                }
            }
        }
    }
}
