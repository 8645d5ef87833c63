package io.modelgate.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.OptionalLong;

/** An array of NumPy. An array of objects is a pickle behind its header, and so may be what is not known to be another one. */
final class NumpyFile implements Kind {
    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes bytes = sample.bytes();
        if (!bytes.has(0, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            return;
        }
        notes.is(Format.NUMPY);
        Cursor cursor = new Cursor(bytes, 6);
        int version = cursor.u8();
        cursor.skip(1);
        int length = (int) cursor.count(version == 1 ? 2 : 4, Limits.HEADER);
        String header = new String(cursor.take(length), UTF_8);
        OptionalLong element = NumpyHeader.elementSize(header);
        if (element.isEmpty()) {
            notes.runsCode();
            new PickleWalk(bytes, cursor.at(), PickleWalk.Arrays.NONE, notes).run();
        } else if (!bytes.reaches(cursor.at() + size(element.getAsLong(), header))) {
            throw new DamagedException("It is cut: it ends in the middle of its array.");
        }
    }

    private static long size(long element, String header) throws DamagedException {
        long count = NumpyHeader.count(header);
        return count > Long.MAX_VALUE / 2 / Math.max(1, element) ? Long.MAX_VALUE / 2 : count * element;
    }
}
