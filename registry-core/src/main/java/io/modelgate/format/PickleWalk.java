package io.modelgate.format;

import io.modelgate.format.PickleValue.Made;
import io.modelgate.format.PickleValue.Mapping;
import io.modelgate.format.PickleValue.Thing;
import io.modelgate.format.PickleValue.Tuple;
import io.modelgate.format.PickleValue.Whole;
import io.modelgate.format.PickleValue.Words;
import java.util.List;
import java.util.Optional;

/**
 * Follows one pickle opcode by opcode to its end, as a loader would, and makes nothing. The opcodes are those of Python's
 * {@code pickletools}, protocols 0 to 5.
 */
final class PickleWalk {
    static final long MOST_STEPS = 20_000_000;

    private final Bytes bytes;
    private final PickleStream in;
    private final PickleStack stack = new PickleStack();
    private final Notes notes;
    private final Arrays arrays;
    private boolean imports;
    private boolean names;
    private boolean acts;
    private long steps;
    private boolean holdsArrays;

    /** Whose bytes joblib puts between the opcodes, and which of these are not taken for opcodes. */
    enum Arrays {
        NONE,
        OF_OBJECTS,
        ALL
    }

    PickleWalk(Bytes bytes, long at, Arrays arrays, Notes notes) {
        this.bytes = bytes;
        this.in = new PickleStream(bytes, at);
        this.arrays = arrays;
        this.notes = notes;
    }

    /** To the STOP; throws at what no loader would go beyond. */
    void run() throws DamagedException {
        run(MOST_STEPS);
    }

    /** Takes no more than this many steps. */
    void run(long most) throws DamagedException {
        for (; steps < most; steps++) {
            int opcode = in.next();
            if (opcode == '.') {
                stack.top();
                return;
            }
            if (opcode < 0x80) {
                old(opcode);
            } else {
                marked(opcode);
            }
        }
        throw DamagedException.unread("It takes too many steps to load; the rest was not read.");
    }

    /** Where the next byte after the pickle is. */
    long end() {
        return in.fileAt();
    }

    /** Where the next byte is to a loader that takes no heed of frames. */
    long endInFrame() {
        return in.at();
    }

    /** Whether it imports anything. */
    boolean imports() {
        return imports;
    }

    /**
     * Whether it calls or changes something after it has imported something. What that is does not matter: with nothing imported
     * there is nothing to call, and what it does about it before a damage it has done.
     */
    boolean acts() {
        return acts;
    }

    boolean holdsArrays() {
        return holdsArrays;
    }

    /** How many opcodes it has. */
    long steps() {
        return steps;
    }

    /** Whether it leaves one value, as an honest pickle does. */
    boolean leavesOne() {
        return stack.size() == 1;
    }

    /** Protocols 0 and 1: opcodes that are ASCII characters. */
    private void old(int opcode) throws DamagedException {
        switch (opcode) {
            case '(' -> stack.push(Thing.MARK);
            case '0' -> stack.drop();
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.top());
            case 'F' -> {
                in.words();
                stack.push(Thing.OTHER);
            }
            case 'I', 'L' -> stack.push(in.wholeLine());
            case 'J' -> stack.push(new Whole((int) in.number(4)));
            case 'K' -> stack.push(new Whole(in.number(1)));
            case 'M' -> stack.push(new Whole(in.number(2)));
            case 'N', 'Q', 'P' -> plain(opcode);
            case 'S' -> stack.push(quoted());
            case 'V' -> stack.push(in.words());
            case 'T' -> stack.push(in.words(4));
            case 'U' -> stack.push(in.words(1));
            case 'X' -> stack.push(in.words(4));
            case 'B' -> blob(4);
            case 'C' -> blob(1);
            case 'G' -> {
                in.skip(8);
                stack.push(Thing.OTHER);
            }
            default -> oldContainers(opcode);
        }
    }

    private void oldContainers(int opcode) throws DamagedException {
        switch (opcode) {
            case ')' -> stack.push(new Tuple(List.of()));
            case 't' -> stack.push(new Tuple(stack.popToMark()));
            case ']' -> stack.push(Thing.OTHER);
            case 'l' -> {
                stack.popToMark();
                stack.push(Thing.OTHER);
            }
            case 'a' -> {
                stack.pop();
                change();
            }
            case 'e' -> {
                stack.popToMark();
                change();
            }
            case '}' -> stack.push(new Mapping());
            case 'd' -> {
                Mapping made = new Mapping();
                putAll(made, stack.popToMark());
                stack.push(made);
            }
            case 's' -> {
                List<PickleValue> entry = stack.pop(2);
                putAll(change(), entry);
            }
            case 'u' -> {
                List<PickleValue> entries = stack.popToMark();
                putAll(change(), entries);
            }
            case 'g' -> stack.recall(in.index());
            case 'h' -> stack.recall(Optional.of(in.number(1)));
            case 'j' -> stack.recall(Optional.of(in.number(4)));
            case 'p' -> stack.remember(in.index());
            case 'q' -> stack.remember(Optional.of(in.number(1)));
            case 'r' -> stack.remember(Optional.of(in.number(4)));
            default -> oldCalls(opcode);
        }
    }

    private void oldCalls(int opcode) throws DamagedException {
        switch (opcode) {
            case 'c' -> stack.push(imported(in.line(), in.line()));
            case 'i' -> {
                PickleName callee = imported(in.line(), in.line());
                made(callee, stack.popToMark());
            }
            case 'o' -> {
                List<PickleValue> parts = stack.popToMark();
                if (parts.isEmpty()) {
                    throw new DamagedException("It is no valid pickle: it makes an object of no class.");
                }
                made(parts.get(0), parts.subList(1, parts.size()));
            }
            case 'R' -> call(stack.pop(2));
            case 'b' -> build();
            default -> throw unknown(opcode);
        }
    }

    /** Protocols 2 to 5: opcodes from 128 on. */
    private void marked(int opcode) throws DamagedException {
        switch (opcode) {
            case 0x80 -> {
                if (in.number(1) > 5) {
                    throw new DamagedException("It is no valid pickle: it is of a protocol after 5.");
                }
            }
            case 0x81 -> call(stack.pop(2));
            case 0x82 -> extension(1);
            case 0x83 -> extension(2);
            case 0x84 -> extension(4);
            case 0x85 -> stack.push(new Tuple(stack.pop(1)));
            case 0x86 -> stack.push(new Tuple(stack.pop(2)));
            case 0x87 -> stack.push(new Tuple(stack.pop(3)));
            case 0x88, 0x89, 0x8f, 0x97 -> stack.push(Thing.OTHER);
            case 0x8a -> blob(1);
            case 0x8b, 0x8e, 0x96 -> blob(opcode == 0x8b ? 4 : 8);
            case 0x8c -> stack.push(in.words(1));
            case 0x8d -> stack.push(in.words(8));
            case 0x90 -> {
                stack.popToMark();
                change();
            }
            case 0x91 -> {
                stack.popToMark();
                stack.push(Thing.OTHER);
            }
            case 0x92 -> call(stack.pop(3));
            case 0x93 -> {
                List<PickleValue> parts = stack.pop(2);
                stack.push(imported(shown(parts.get(0)), shown(parts.get(1))));
                imports = true; // Python decodes these in its own ways
                names = true;
            }
            case 0x94 -> stack.memoize();
            case 0x95 -> in.frame();
            case 0x98 -> stack.top();
            default -> throw unknown(opcode);
        }
    }

    private void plain(int opcode) throws DamagedException {
        if (opcode == 'Q') {
            stack.pop();
        } else if (opcode == 'P') {
            in.words();
        }
        stack.push(Thing.OTHER);
    }

    private void blob(int width) throws DamagedException {
        in.skipCounted(width);
        stack.push(Thing.OTHER);
    }

    private PickleValue quoted() throws DamagedException {
        if (in.words() instanceof Words words
                && words.text().length() > 1
                && (words.text().startsWith("'") || words.text().startsWith("\""))) {
            return new Words(words.text().strip().substring(1).replaceFirst("['\"]$", ""));
        }
        throw new DamagedException("It is no valid pickle: a text has no quotes.");
    }

    private void extension(int width) throws DamagedException {
        stack.push(imported("copyreg", "extension" + in.number(width)));
    }

    private PickleName imported(String module, String name) {
        PickleName found = new PickleName(module, name);
        imports |= found.isPossible();
        names |= found.hasPossibleModule();
        notes.calls(found);
        return found;
    }

    /** What takes the class or function first and its arguments after it. */
    private void call(List<PickleValue> parts) throws DamagedException {
        made(parts.get(0), parts.get(1) instanceof Tuple tuple ? tuple.parts() : List.of());
    }

    private void made(PickleValue callee, List<PickleValue> arguments) throws DamagedException {
        acts |= names;
        stack.push(new Made(callee, List.copyOf(arguments)));
    }

    private void build() throws DamagedException {
        PickleValue state = stack.pop();
        PickleValue top = change();
        if (!(top instanceof Made made)) {
            return;
        }
        made.build(state);
        if (arrays != Arrays.NONE && made.callee() instanceof PickleName name && name.isArrayOfJoblib()) {
            holdsArrays = true;
            JoblibArray array = new JoblibArray(made);
            if (arrays == Arrays.ALL || array.isOfObjects()) {
                in.fileTo(array.end(bytes, in.fileAt(), notes));
            }
        }
    }

    /** The topmost value, which a method of it changes. */
    private PickleValue change() throws DamagedException {
        PickleValue changed = stack.top();
        acts |= names;
        return changed;
    }

    private static void putAll(PickleValue target, List<PickleValue> entries) throws DamagedException {
        if (entries.size() % 2 == 1) {
            throw new DamagedException("It is no valid pickle: a key has no value.");
        }
        if (target instanceof Mapping mapping) {
            for (int i = 0; i < entries.size(); i += 2) {
                mapping.put(entries.get(i), entries.get(i + 1));
            }
        }
    }

    private static String shown(PickleValue value) {
        return value instanceof Words words ? words.text() : "(computed)";
    }

    private static DamagedException unknown(int opcode) {
        return new DamagedException("It is no valid pickle: there is no opcode " + opcode + ".");
    }
}
