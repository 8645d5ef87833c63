package io.modelgate.format;

import java.util.Set;

/** The graphs and functions of an ONNX model, walked for the operators that they use and the files that their tensors lie in. */
final class OnnxGraph {
    private static final int BYTES = 2;
    private static final int NODE = 1;
    private static final int INITIALIZER = 5;
    private static final int SPARSE_INITIALIZER = 15;
    private static final int ATTRIBUTE = 5;
    private static final int EXTERNAL_DATA = 13;

    /** Attributes in which operators that run Python name it. */
    private static final Set<String> NAMING =
            Set.of("module", "class_name", "func_name", "function", "name", "compute");

    private final Protobuf protobuf;
    private final OnnxOperators operators;
    private final Notes notes;

    OnnxGraph(Protobuf protobuf, OnnxOperators operators, Notes notes) {
        this.protobuf = protobuf;
        this.operators = operators;
        this.notes = notes;
    }

    void read(Bytes graph) throws DamagedException {
        protobuf.walk(graph, field -> {
            if (field.is(NODE, BYTES)) {
                node(field.content());
            } else if (field.is(INITIALIZER, BYTES)) {
                tensor(field.content());
            } else if (field.is(SPARSE_INITIALIZER, BYTES)) {
                sparse(field.content());
            }
        });
    }

    /** A function of the model: nodes (7), and attributes with what they are when not given (11). */
    void function(Bytes function) throws DamagedException {
        StringBuilder name = new StringBuilder();
        StringBuilder domain = new StringBuilder();
        protobuf.walk(function, field -> {
            if (field.is(1, BYTES)) {
                set(name, field);
            } else if (field.is(10, BYTES)) {
                set(domain, field);
            } else if (field.is(7, BYTES)) {
                node(field.content());
            } else if (field.is(11, BYTES)) {
                attribute(field.content());
            }
        });
        operators.define(domain.toString(), name.toString());
    }

    /** How the model is trained on: a graph that initializes (1), and one that is a step (2). */
    void training(Bytes training) throws DamagedException {
        protobuf.walk(training, field -> {
            if (field.is(1, BYTES) || field.is(2, BYTES)) {
                read(field.content());
            }
        });
    }

    private void node(Bytes node) throws DamagedException {
        StringBuilder type = new StringBuilder();
        StringBuilder domain = new StringBuilder();
        protobuf.walk(node, field -> {
            if (field.is(ATTRIBUTE, BYTES)) {
                attribute(field.content());
            } else if (field.is(4, BYTES)) {
                set(type, field);
            } else if (field.is(7, BYTES)) {
                set(domain, field);
            }
        });
        if (operators.use(domain.toString(), type.toString())) {
            python(node);
        }
    }

    /** What an operator that runs Python is told to run. */
    private void python(Bytes node) throws DamagedException {
        protobuf.walk(node, field -> {
            if (field.is(ATTRIBUTE, BYTES)) {
                StringBuilder name = new StringBuilder();
                StringBuilder value = new StringBuilder();
                protobuf.walk(field.content(), part -> {
                    if (part.is(1, BYTES)) {
                        set(name, part);
                    } else if (part.is(4, BYTES)) {
                        set(value, part);
                    }
                });
                if (NAMING.contains(name.toString()) && !value.isEmpty()) {
                    notes.calls(name + " " + value);
                }
            }
        });
    }

    /** Attributes hold tensors (5, 10), graphs (6, 11) and sparse tensors (22, 23). */
    private void attribute(Bytes attribute) throws DamagedException {
        protobuf.walk(attribute, field -> {
            if (field.is(5, BYTES) || field.is(10, BYTES)) {
                tensor(field.content());
            } else if (field.is(6, BYTES) || field.is(11, BYTES)) {
                read(field.content());
            } else if (field.is(22, BYTES) || field.is(23, BYTES)) {
                sparse(field.content());
            }
        });
    }

    private void sparse(Bytes tensor) throws DamagedException {
        protobuf.walk(tensor, field -> {
            if (field.is(1, BYTES) || field.is(2, BYTES)) {
                tensor(field.content());
            }
        });
    }

    private void tensor(Bytes tensor) throws DamagedException {
        protobuf.walk(tensor, field -> {
            if (field.is(EXTERNAL_DATA, BYTES)) {
                entry(field.content());
            }
        });
    }

    private void entry(Bytes entry) throws DamagedException {
        StringBuilder key = new StringBuilder();
        StringBuilder value = new StringBuilder();
        protobuf.walk(entry, field -> {
            if (field.is(1, BYTES)) {
                set(key, field);
            } else if (field.is(2, BYTES)) {
                set(value, field);
            }
        });
        if (key.toString().equals("location")) {
            notes.needs(value.toString());
            if (NeededFile.leavesTheFolder(value.toString())) {
                notes.problem("It keeps weights in " + value + ", which is outside its folder.");
            }
        }
    }

    /** Of a field that is there twice, the last counts. */
    private static void set(StringBuilder text, ProtobufField field) throws DamagedException {
        text.setLength(0);
        text.append(field.text());
    }
}
