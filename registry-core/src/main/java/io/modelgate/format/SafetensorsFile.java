package io.modelgate.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Tensors after a JSON header: the length of the header in 8 bytes, the header, and the bytes of the tensors without holes, as
 * https://github.com/huggingface/safetensors describes it.
 */
final class SafetensorsFile implements Kind {
    private static final long LONGEST_HEADER = 100_000_000;
    private static final int MOST_TENSORS = 1_000_000;

    /** Bits of one element. */
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("BOOL", 8),
            Map.entry("U8", 8),
            Map.entry("I8", 8),
            Map.entry("F8_E5M2", 8),
            Map.entry("F8_E4M3", 8),
            Map.entry("F8_E8M0", 8),
            Map.entry("F4", 4),
            Map.entry("F6_E2M3", 6),
            Map.entry("F6_E3M2", 6),
            Map.entry("I16", 16),
            Map.entry("U16", 16),
            Map.entry("F16", 16),
            Map.entry("BF16", 16),
            Map.entry("I32", 32),
            Map.entry("U32", 32),
            Map.entry("F32", 32),
            Map.entry("C64", 64),
            Map.entry("F64", 64),
            Map.entry("I64", 64),
            Map.entry("U64", 64));

    private record Tensor(String name, long from, long to) {}

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes bytes = sample.bytes();
        if (!bytes.has(8, "{\"") && !bytes.has(8, "{}") && !bytes.has(8, "{ ")) {
            return;
        }
        Cursor cursor = new Cursor(bytes, 0);
        long length = cursor.little(8);
        if (length < 2 || length >= 1L << 48) {
            return; // more likely something else
        }
        if (length > LONGEST_HEADER || !bytes.reaches(8 + length)) {
            notes.is(Format.SAFETENSORS);
            throw new DamagedException("Its header is " + length + " bytes long, longer than "
                    + (length > LONGEST_HEADER ? "allowed." : "the file."));
        }
        notes.is(Format.SAFETENSORS);
        if (length > Limits.HEADER) {
            throw new DamagedException("Its header is " + length + " bytes long, too long to be read here.");
        }
        List<Tensor> tensors = new ArrayList<>();
        Json.read(bytes.part(8, length), json -> readHeader(json, tensors));
        check(tensors, bytes.size() - 8 - length);
    }

    private static void readHeader(JsonParser json, List<Tensor> tensors) throws DamagedException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new DamagedException("Its header is no JSON object.");
        }
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            if (name.equals("__metadata__")) {
                json.skipChildren();
            } else if (value != JsonToken.START_OBJECT || tensors.size() == MOST_TENSORS) {
                throw new DamagedException("Its header describes no tensor under " + name + ".");
            } else {
                tensors.add(tensor(json, name));
            }
        }
        if (json.nextToken() != null) {
            throw new DamagedException("Its header goes on after its JSON.");
        }
    }

    private static Tensor tensor(JsonParser json, String name) throws DamagedException {
        String type = "";
        List<Long> shape = List.of();
        List<Long> offsets = List.of();
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            JsonToken value = json.nextToken();
            switch (key) {
                case "dtype" -> type = json.getString();
                case "shape" -> shape = numbers(json, value, name);
                case "data_offsets" -> offsets = numbers(json, value, name);
                default -> json.skipChildren();
            }
        }
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw new DamagedException("Its tensor " + name + " has no valid offsets.");
        }
        Tensor tensor = new Tensor(name, offsets.get(0), offsets.get(1));
        Integer bits = BITS.get(type);
        if (bits != null && !isOfSize(shape, bits, tensor.to() - tensor.from())) {
            throw new DamagedException("Its tensor " + name + " has another size than its type and shape say.");
        }
        return tensor;
    }

    private static List<Long> numbers(JsonParser json, JsonToken start, String name) throws DamagedException {
        List<Long> numbers = new ArrayList<>();
        boolean valid = start == JsonToken.START_ARRAY;
        while (valid && json.nextToken() != JsonToken.END_ARRAY) {
            valid = json.currentToken() == JsonToken.VALUE_NUMBER_INT && numbers.size() < 1000;
            if (valid) {
                numbers.add(json.getLongValue());
                valid = json.getLongValue() >= 0;
            }
        }
        if (!valid) {
            throw new DamagedException("Its tensor " + name + " is not described with whole numbers.");
        }
        return numbers;
    }

    private static boolean isOfSize(List<Long> shape, int bits, long bytes) {
        try {
            long all = bits;
            for (long each : shape) {
                all = Math.multiplyExact(all, each);
            }
            return all == Math.multiplyExact(bytes, 8L);
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static void check(List<Tensor> tensors, long data) throws DamagedException {
        tensors.sort(Comparator.comparingLong(Tensor::from).thenComparingLong(Tensor::to));
        long end = 0;
        for (Tensor each : tensors) {
            if (each.from() < end) {
                throw new DamagedException("Its tensor " + each.name() + " overlaps another one.");
            }
            if (each.from() > end) {
                throw new DamagedException(
                        "There is a hole of " + (each.from() - end) + " bytes before its tensor " + each.name() + ".");
            }
            end = each.to();
        }
        if (end > data) {
            throw new DamagedException("It is cut: its tensors end " + (end - data) + " bytes after its end.");
        }
        if (end < data) {
            throw new DamagedException((data - end) + " bytes after its tensors belong to none of them.");
        }
    }
}
