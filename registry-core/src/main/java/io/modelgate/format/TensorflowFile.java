package io.modelgate.format;

import java.util.BitSet;
import java.util.Set;

/**
 * What TensorFlow stores as protobuf: a SavedModel, which has a version and graphs with their meaning, or a graph alone. A graph
 * may read and write files.
 */
final class TensorflowFile implements Kind {
    private static final int BYTES = 2;
    private static final int META_GRAPH = 2;
    private static final int GRAPH = 2;
    private static final int LIBRARY = 2;

    /** Operations that reach out of the graph. */
    private static final Set<String> REACHING_OUT = Set.of(
            "PyFunc",
            "PyFuncStateless",
            "EagerPyFunc",
            "ReadFile",
            "WriteFile",
            "MatchingFiles",
            "LoadDataset",
            "SaveDataset",
            "PrintV2",
            "Save",
            "RemoteCall",
            "DebugIdentity");

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Protobuf protobuf = new Protobuf();
        Bytes bytes = sample.bytes();
        if (startsWithVersion(bytes)) {
            readSavedModel(protobuf, bytes, notes);
        } else if (isGraph(bytes)) {
            notes.is(Format.TENSORFLOW_GRAPH);
            graph(protobuf, bytes, notes);
        }
    }

    /** A version, and then the first graph. */
    private static boolean startsWithVersion(Bytes bytes) throws DamagedException {
        return bytes.has(0, 0x08, 1, META_GRAPH << 3 | BYTES);
    }

    private static void readSavedModel(Protobuf protobuf, Bytes bytes, Notes notes) throws DamagedException {
        BitSet seen = new BitSet();
        notes.is(Format.TENSORFLOW_SAVED_MODEL);
        try {
            protobuf.walk(bytes, field -> {
                seen.set(field.number());
                if (field.number() > META_GRAPH) {
                    throw new DamagedException("It is no valid SavedModel: there is no field " + field.number() + ".");
                }
                if (field.is(META_GRAPH, BYTES)) {
                    metaGraph(protobuf, field.content(), notes);
                }
            });
        } catch (DamagedException e) {
            throw new DamagedException("It is damaged, or no SavedModel after all. " + e.sentence());
        }
    }

    private static void metaGraph(Protobuf protobuf, Bytes metaGraph, Notes notes) throws DamagedException {
        protobuf.walk(metaGraph, field -> {
            if (field.is(GRAPH, BYTES)) {
                graph(protobuf, field.content(), notes);
            }
        });
    }

    private static void graph(Protobuf protobuf, Bytes graph, Notes notes) throws DamagedException {
        protobuf.walk(graph, field -> {
            if (field.is(1, BYTES)) {
                node(protobuf, field.content(), notes);
            } else if (field.is(LIBRARY, BYTES)) {
                protobuf.walk(field.content(), function -> {
                    if (function.is(1, BYTES)) {
                        function(protobuf, function.content(), notes);
                    }
                });
            }
        });
    }

    /** Its nodes are field 3. */
    private static void function(Protobuf protobuf, Bytes function, Notes notes) throws DamagedException {
        protobuf.walk(function, field -> {
            if (field.is(3, BYTES)) {
                node(protobuf, field.content(), notes);
            }
        });
    }

    private static void node(Protobuf protobuf, Bytes node, Notes notes) throws DamagedException {
        protobuf.walk(node, field -> {
            if (field.is(2, BYTES) && field.length() < 100 && REACHING_OUT.contains(field.text())) {
                notes.calls(field.text());
            }
        });
    }

    /** A node first, which has a name and then an operation: both are words. */
    private static boolean isGraph(Bytes bytes) throws DamagedException {
        if (!bytes.has(0, 1 << 3 | BYTES)) {
            return false;
        }
        ProtobufField node = ProtobufField.read(new Cursor(bytes, 0), bytes);
        Cursor cursor = new Cursor(node.content(), 0);
        ProtobufField name = ProtobufField.read(cursor, node.content());
        ProtobufField operation = ProtobufField.read(cursor, node.content());
        return name.is(1, BYTES)
                && operation.is(2, BYTES)
                && name.text().matches("[\\w./\\\\>-]+")
                && operation.text().matches("[A-Z_]\\w*");
    }
}
