package io.modelgate.manifest;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Turns our tree into the one that the JSON Schema engine reads, so that there is one YAML parser and no other. */
final class JsonTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonTree() {}

    static JsonNode of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            mapping.entries().forEach((key, value) -> object.set(key, of(value)));
            return object;
        }
        if (node instanceof Node.Sequence list) {
            ArrayNode array = JSON.arrayNode(list.items().size());
            list.items().forEach(each -> array.add(of(each)));
            return array;
        }
        if (node instanceof Node.Text text) {
            return new PlainStringNode(text.value());
        }
        if (node instanceof Node.Decimal number) {
            return JSON.numberNode(number.value());
        }
        return node instanceof Node.Bool bool ? JSON.booleanNode(bool.value()) : JSON.nullNode();
    }

    /** The engine prints the words of every enum; Jackson would build an object mapper of 100 ms for that. */
    private static final class PlainStringNode extends StringNode {
        private static final long serialVersionUID = 1L;

        PlainStringNode(String value) {
            super(value);
        }

        @Override
        public String toString() {
            return stringValue();
        }
    }
}
