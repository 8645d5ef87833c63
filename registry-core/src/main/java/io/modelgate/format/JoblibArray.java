package io.modelgate.format;

import io.modelgate.format.PickleValue.Made;
import io.modelgate.format.PickleValue.Mapping;
import io.modelgate.format.PickleValue.Tuple;
import io.modelgate.format.PickleValue.Whole;
import io.modelgate.format.PickleValue.Words;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An array whose bytes joblib writes into the file after the BUILD of its wrapper. */
final class JoblibArray {
    /** A kind and the bytes of one element, which for {@code U} are four a character. */
    private static final Pattern ELEMENT = Pattern.compile("[<>=|]?([a-zA-Z?])([0-9]{0,9})(\\[.*)?");

    private static final int FLAGS = 7;
    private static final int ELEMENT_SIZE = 5;

    private final Mapping wrapper;

    JoblibArray(Made wrapper) {
        this.wrapper = wrapper.state() instanceof Mapping mapping ? mapping : new Mapping();
    }

    boolean isOfObjects() {
        return wrapper.get("dtype").orElse(null) instanceof Made type && hasObjects(type);
    }

    /** Where the array that starts at {@code at} ends. An array of objects is a pickle of its own; an old one lies in a file beside. */
    long end(Bytes bytes, long at, Notes notes) throws DamagedException {
        if (wrapper.get("filename").orElse(null) instanceof Words file) {
            notes.needs(file.text());
            return at;
        }
        if (!(wrapper.get("dtype").orElse(null) instanceof Made type)) {
            throw unclear();
        }
        if (hasObjects(type)) {
            PickleWalk objects = new PickleWalk(bytes, at, PickleWalk.Arrays.NONE, notes);
            objects.run();
            return objects.end();
        }
        long from = at;
        if (wrapper.get("numpy_array_alignment_bytes").orElse(null) instanceof Whole) {
            from += 1 + new Cursor(bytes, at).u8();
        }
        return end(bytes, from, type);
    }

    private long end(Bytes bytes, long from, Made type) throws DamagedException {
        try {
            long end = Math.addExact(from, Math.multiplyExact(count(), elementSize(type)));
            if (!bytes.reaches(end)) {
                throw new DamagedException("It is cut: it ends in the middle of an array.");
            }
            return end;
        } catch (ArithmeticException e) {
            throw unclear();
        }
    }

    private long count() throws DamagedException {
        if (!(wrapper.get("shape").orElse(null) instanceof Tuple shape)) {
            throw unclear();
        }
        long count = 1;
        for (PickleValue each : shape.parts()) {
            if (!(each instanceof Whole whole) || whole.number() < 0) {
                throw unclear();
            }
            count = Math.multiplyExact(count, whole.number());
        }
        return count;
    }

    private static boolean hasObjects(Made type) {
        boolean flagged = state(type, FLAGS).filter(flags -> (flags & 1) == 1).isPresent();
        return flagged || name(type).startsWith("O") || name(type).startsWith("|O");
    }

    private static long elementSize(Made type) throws DamagedException {
        Matcher name = ELEMENT.matcher(name(type));
        if (!name.matches()) {
            throw unclear();
        }
        String kind = name.group(1);
        long stated = state(type, ELEMENT_SIZE).orElse(-1L);
        if (kind.equals("V") && stated >= 0) {
            return stated;
        }
        if (name.group(2).isEmpty()) {
            throw unclear();
        }
        return Long.parseLong(name.group(2)) * (kind.equals("U") ? 4 : 1);
    }

    private static String name(Made type) {
        List<PickleValue> arguments = type.arguments();
        return !arguments.isEmpty() && arguments.get(0) instanceof Words words ? words.text() : "";
    }

    private static Optional<Long> state(Made type, int index) {
        return type.state() instanceof Tuple tuple
                        && tuple.parts().size() > index
                        && tuple.parts().get(index) instanceof Whole whole
                ? Optional.of(whole.number())
                : Optional.empty();
    }

    private static DamagedException unclear() {
        return new DamagedException("It holds an array of joblib whose length cannot be told; the rest was not read.");
    }
}
