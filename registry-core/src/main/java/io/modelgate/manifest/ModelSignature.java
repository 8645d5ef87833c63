package io.modelgate.manifest;

import java.util.List;
import java.util.Optional;

/**
 * What a model takes and what it gives.
 *
 * @param inputs in order
 * @param outputs in order
 */
public record ModelSignature(List<Tensor> inputs, List<Tensor> outputs) {
    public ModelSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * One input or output.
     *
     * @param name its name
     * @param type of its elements, such as {@code float32}
     * @param shape its dimensions, -1 for any; empty when unknown
     */
    public record Tensor(String name, String type, List<Long> shape) {
        public Tensor {
            shape = List.copyOf(shape);
        }

        private static Tensor of(Fields fields) {
            return new Tensor(fields.text("name"), fields.text("type"), fields.integers("shape"));
        }

        private Node.Mapping toNode() {
            return new MappingBuilder()
                    .text("name", name)
                    .text("type", type)
                    .integers("shape", shape)
                    .build();
        }
    }

    static ModelSignature of(Fields fields) {
        return new ModelSignature(tensors(fields, "inputs"), tensors(fields, "outputs"));
    }

    Node.Mapping toNode() {
        return new MappingBuilder()
                .list("inputs", inputs.stream().map(Tensor::toNode).toList())
                .list("outputs", outputs.stream().map(Tensor::toNode).toList())
                .build();
    }

    private static List<Tensor> tensors(Fields fields, String key) {
        return fields.children(key).stream().map(Tensor::of).toList();
    }

    /** This, unless it says nothing. */
    Optional<ModelSignature> unlessEmpty() {
        return inputs.isEmpty() && outputs.isEmpty() ? Optional.empty() : Optional.of(this);
    }
}
