package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Goes through the entries of one tree, and refuses a tree that Git itself would not have written: whoever made it wants two
 * readers to see two things.
 */
final class TreeEntries {
    private static final Set<String> FORBIDDEN = Set.of(".", "..", ".git");
    private static final int TREE_BITS = 0040000;
    private static final int MOST_MODE_DIGITS = 6;

    private final byte[] bytes;
    private final String tree;
    private int position;
    private int mode;
    private int nameStart;
    private int nameEnd;
    private int lastStart;
    private int lastEnd;
    private int lastMode;

    TreeEntries(byte[] bytes, String tree) {
        this.bytes = bytes;
        this.tree = tree;
    }

    /** Goes to the next entry; false when there is none. */
    boolean next() {
        if (position == bytes.length) {
            return false;
        }
        readMode();
        readName();
        position = nameEnd + 1 + 20;
        if (position > bytes.length) {
            throw malformed("it is cut off");
        }
        requireOrder();
        return true;
    }

    /** The mode as the tree has it. */
    int mode() {
        return mode;
    }

    ObjectId id() {
        return ObjectId.fromRaw(bytes, nameEnd + 1);
    }

    boolean isNamed(byte[] name) {
        return Arrays.equals(bytes, nameStart, nameEnd, name, 0, name.length);
    }

    String name() {
        try {
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, nameStart, nameEnd - nameStart))
                    .toString();
            if (FORBIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
                throw malformed("it has an entry named '" + name + "'");
            }
            return name;
        } catch (CharacterCodingException e) {
            throw malformed("it has a name that is not UTF-8");
        }
    }

    private void readMode() {
        int start = position;
        mode = 0;
        while (position < bytes.length && bytes[position] != ' ') {
            int digit = bytes[position++] - '0';
            if (digit < 0 || digit > 7 || (digit == 0 && mode == 0)) {
                throw malformed("it has a mode that is no octal number");
            }
            mode = mode << 3 | digit;
        }
        if (position == start || position - start > MOST_MODE_DIGITS) {
            throw malformed("it has an entry without a proper mode");
        }
        position++;
    }

    private void readName() {
        nameStart = position;
        nameEnd = position;
        while (nameEnd < bytes.length && bytes[nameEnd] != 0) {
            if (bytes[nameEnd] == '/') {
                throw malformed("it has a name with a slash");
            }
            nameEnd++;
        }
        if (nameEnd >= bytes.length || nameEnd == nameStart) {
            throw malformed("it has an entry without a name");
        }
    }

    /** Git sorts folders as if their names ended in a slash. */
    private void requireOrder() {
        if (lastEnd > 0) {
            int length = Math.min(lastEnd - lastStart, nameEnd - nameStart);
            int order =
                    Arrays.compareUnsigned(bytes, lastStart, lastStart + length, bytes, nameStart, nameStart + length);
            if (order == 0) {
                order = Integer.compare(
                        byteAt(lastStart + length, lastEnd, lastMode), byteAt(nameStart + length, nameEnd, mode));
            }
            if (order >= 0) {
                throw malformed("its entries are not in order, or one is there twice");
            }
        }
        lastStart = nameStart;
        lastEnd = nameEnd;
        lastMode = mode;
    }

    private int byteAt(int index, int end, int modeOfName) {
        if (index < end) {
            return bytes[index] & 0xff;
        }
        return modeOfName == TREE_BITS ? '/' : 0;
    }

    RegistryException malformed(String how) {
        return RegistryException.integrity(
                "Git tree " + tree + " is malformed: " + how + ".",
                "Git does not write such trees: see who pushed it, and let the server check: 'git config receive.fsckObjects true'.");
    }
}
