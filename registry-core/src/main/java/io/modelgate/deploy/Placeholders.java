package io.modelgate.deploy;

import io.modelgate.manifest.StagePointer;
import java.util.Map;

/** Puts a version into a setting: {@code {namespace}}, {@code {name}}, {@code {version}}, {@code {stage}}, {@code {digest}}. */
final class Placeholders {
    private Placeholders() {}

    /** All their values are safe in paths and addresses. {@code {digest}} is the hex of the root digest. */
    static String fill(String template, StagePointer pointer) {
        Map<String, String> values = Map.of(
                "{namespace}", pointer.model().namespace(),
                "{name}", pointer.model().name(),
                "{version}", pointer.target().version().toString(),
                "{stage}", pointer.stage().toString(),
                "{service}", KserveManifest.service(pointer.model()),
                "{digest}", pointer.target().artifacts().hex());
        String filled = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue());
        }
        return filled;
    }
}
