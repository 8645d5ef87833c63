package io.modelgate.format;

/** The graph of an ONNX model, walked for the files that its tensors lie in. */
final class OnnxGraph {
    private static final int BYTES = 2;
    private static final int NODE = 1;
    private static final int INITIALIZER = 5;
    private static final int SPARSE_INITIALIZER = 15;
    private static final int ATTRIBUTE = 5;
    private static final int EXTERNAL_DATA = 13;

    private final Protobuf protobuf;
    private final Notes notes;

    OnnxGraph(Protobuf protobuf, Notes notes) {
        this.protobuf = protobuf;
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

    private void node(Bytes node) throws DamagedException {
        protobuf.walk(node, field -> {
            if (field.is(ATTRIBUTE, BYTES)) {
                attribute(field.content());
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
                key.append(field.text());
            } else if (field.is(2, BYTES)) {
                value.append(field.text());
            }
        });
        if (key.toString().equals("location")) {
            notes.needs(value.toString());
            if (NeededFile.leavesTheFolder(value.toString())) {
                notes.problem("It keeps weights in " + value + ", which is outside its folder.");
            }
        }
    }
}
