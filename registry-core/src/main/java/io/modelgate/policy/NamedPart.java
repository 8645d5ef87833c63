package io.modelgate.policy;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Node;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a document that has a name in it, for findings of readers that know nothing of the whole.
 *
 * @param name such as {@code evidence.evaluations[0]}
 * @param node the part
 */
record NamedPart(String name, Node node) {
    /** The finding, with the name of what it is about before its message, and a place in the part where it has none. */
    Finding named(Finding finding) {
        Place place = finding.place().line() == 0 ? node.place() : finding.place();
        return new Finding(
                finding.severity(),
                finding.rule(),
                place,
                find(finding.place()).orElse(name) + ": " + finding.message(),
                finding.remedy());
    }

    /** The name of what stands there. */
    private Optional<String> find(Place place) {
        if (node.place().equals(place)) {
            return Optional.of(name);
        }
        if (node instanceof Node.Mapping mapping) {
            for (Map.Entry<String, Node> each : mapping.entries().entrySet()) {
                Optional<String> found = new NamedPart(name + "." + each.getKey(), each.getValue()).find(place);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        if (node instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                Optional<String> found =
                        new NamedPart(name + "[" + i + "]", list.items().get(i)).find(place);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
