package io.modelgate.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An array of NumPy. An array of objects is a pickle behind its header. */
final class NumpyFile implements Kind {
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']{1,100})'");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]{0,1000})\\)");
    private static final Pattern ELEMENT = Pattern.compile("[<>|=]?([a-zA-Z?])([0-9]{1,9})(\\[.*)?");

    /** A type, in the header or in one field of it: after a colon or a comma. */
    private static final Pattern OBJECT = Pattern.compile("[:,]\\s*'[|<>=]?O[0-9]*'");

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
        if (OBJECT.matcher(header).find()) {
            notes.runsCode();
            new PickleWalk(bytes, cursor.at(), PickleWalk.Arrays.NONE, notes).run();
        } else if (!bytes.reaches(cursor.at() + size(header))) {
            throw new DamagedException("It is cut: it ends in the middle of its array.");
        }
    }

    /** How many bytes the elements take; 0 when the type is made of fields. */
    private static long size(String header) throws DamagedException {
        Matcher type = TYPE.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!shape.find()) {
            throw new DamagedException("Its header gives no shape.");
        }
        if (!type.find()) {
            return 0;
        }
        Matcher element = ELEMENT.matcher(type.group(1));
        if (!element.matches()) {
            throw new DamagedException("Its header gives no valid type.");
        }
        try {
            long size = Long.parseLong(element.group(2)) * (element.group(1).equals("U") ? 4 : 1);
            for (String each : shape.group(1).split(",", -1)) {
                size = each.isBlank() ? size : Math.multiplyExact(size, Long.parseLong(each.strip()));
            }
            return Math.min(size, Long.MAX_VALUE / 2);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new DamagedException("Its header gives no valid shape.");
        }
    }
}
