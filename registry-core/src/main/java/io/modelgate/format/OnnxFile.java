package io.modelgate.format;

import java.util.BitSet;

/** ONNX: a protobuf message whose fields are those of {@code ModelProto}. Tensors are skipped, not read. */
final class OnnxFile implements Kind {
    private static final int NUMBER = 0;
    private static final int BYTES = 2;

    /** Wire types of the fields of ModelProto, by number; others come with later versions. */
    private static final int[] MODEL = {-1, 0, 2, 2, 2, 0, 2, 2, 2};

    private static final int IR_VERSION = 1;
    private static final int GRAPH = 7;
    private static final int OPSET_IMPORT = 8;
    private static final int TRAINING = 20;
    private static final int FUNCTION = 25;
    private static final int LAST_FIELD = 40;

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        BitSet seen = new BitSet();
        Protobuf protobuf = new Protobuf();
        Bytes bytes = sample.bytes();
        try {
            protobuf.walk(bytes, field -> see(field, seen));
        } catch (DamagedException e) {
            if (isOnnx(seen) || isCutInItsGraph(bytes, seen)) {
                notes.is(Format.ONNX);
            }
            throw e;
        }
        if (isOnnx(seen)) {
            notes.is(Format.ONNX);
            readGraphs(protobuf, bytes, notes);
        }
    }

    private static void readGraphs(Protobuf protobuf, Bytes bytes, Notes notes) throws DamagedException {
        OnnxOperators operators = new OnnxOperators(notes);
        OnnxGraph graph = new OnnxGraph(protobuf, operators, notes);
        try {
            protobuf.walk(bytes, field -> {
                if (field.is(GRAPH, BYTES)) {
                    graph.read(field.content());
                } else if (field.is(TRAINING, BYTES)) {
                    graph.training(field.content());
                } else if (field.is(FUNCTION, BYTES)) {
                    graph.function(field.content());
                }
            });
        } finally {
            operators.tell();
        }
    }

    private static void see(ProtobufField field, BitSet seen) throws DamagedException {
        int number = field.number();
        boolean known = number < MODEL.length && MODEL[number] == field.wire();
        boolean later = number >= MODEL.length && number <= LAST_FIELD && field.wire() == BYTES;
        if (!known && !later) {
            throw new DamagedException("It is no valid ONNX: field " + number + " is not of its type.");
        }
        if (number == IR_VERSION && (field.value() < 1 || field.value() > 1000)) {
            throw new DamagedException("It is no valid ONNX: there is no version " + field.value() + ".");
        }
        seen.set(number);
    }

    private static boolean isOnnx(BitSet seen) {
        return seen.get(GRAPH) && (seen.get(IR_VERSION) || seen.get(OPSET_IMPORT));
    }

    /** Whether all was well up to a graph that is longer than what is there. */
    private static boolean isCutInItsGraph(Bytes bytes, BitSet seen) throws DamagedException {
        if (!seen.get(IR_VERSION)) {
            return false;
        }
        Cursor cursor = new Cursor(bytes, 0);
        while (!cursor.ended()) {
            long start = cursor.at();
            int tag = cursor.u8();
            if (tag == (GRAPH << 3 | BYTES)) {
                return true;
            }
            cursor.to(start);
            if (tag > 0x7f || ((tag & 7) != NUMBER && (tag & 7) != BYTES)) {
                return false;
            }
            ProtobufField.read(cursor, bytes);
        }
        return false;
    }
}
