package io.modelgate.format;

import io.modelgate.format.PickleWalk.Arrays;

/** Pickles of Python, also as joblib and older versions of PyTorch write them. */
final class PickleFile implements Kind {
    /** PROTO 2 and LONG1 with the number that starts what {@code torch.save} wrote before it wrote archives. */
    private static final int[] TORCH = {
        0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.'
    };

    /** After the number: its protocol, the system, the object, and the keys of the tensors. */
    private static final int TORCH_PICKLES = 5;

    private static final int MOST_PICKLES = 100;

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes bytes = sample.bytes();
        boolean marked = startsAt(bytes, 0);
        boolean torch = bytes.has(0, TORCH);
        PickleWalk first = new PickleWalk(bytes, 0, torch ? Arrays.NONE : Arrays.ALL, notes);
        if (marked) {
            notes.is(torch ? Format.PYTORCH : Format.PICKLE);
        }
        try {
            first.run();
        } catch (DamagedException e) {
            if (first.acts() || e.isUnread()) {
                notes.is(Format.PICKLE);
            }
            tell(sample, first, notes);
            throw e;
        }
        boolean alone = first.leavesOne() && !bytes.reaches(first.end() + 1);
        if (marked || first.imports() || first.acts() || alone) {
            notes.is(torch ? Format.PYTORCH : Format.PICKLE);
            tell(sample, first, notes);
            readOn(bytes, first.end(), torch, notes);
        } else {
            new LaterPickles(bytes, notes).readAfter(first);
        }
    }

    /** Whether there is a PROTO here, with which every pickle since protocol 2 begins. */
    static boolean startsAt(Bytes bytes, long at) throws DamagedException {
        byte[] head = bytes.slice(at, 2);
        return head.length == 2 && (head[0] & 0xff) == 0x80 && head[1] >= 0 && head[1] <= 5;
    }

    /** A file of joblib can be given to {@code pickle.load} too, to which the bytes of the arrays are opcodes. */
    private static void tell(Sample sample, PickleWalk walk, Notes notes) {
        if (!walk.holdsArrays()) {
            return;
        }
        notes.is(Format.JOBLIB);
        try {
            new PickleWalk(sample.bytes(), 0, Arrays.OF_OBJECTS, notes).run();
        } catch (DamagedException e) {
            // as it should be: it is a file of joblib
        }
    }

    /** Pickles that follow the first are loaded when somebody loads twice. Other bytes that follow are never read. */
    private static void readOn(Bytes bytes, long from, boolean torch, Notes notes) throws DamagedException {
        long at = from;
        for (int i = 1; i < MOST_PICKLES && startsAt(bytes, at); i++) {
            PickleWalk next = new PickleWalk(bytes, at, Arrays.NONE, notes);
            try {
                next.run();
            } catch (DamagedException e) {
                if (torch && i < TORCH_PICKLES) {
                    throw e;
                }
                return;
            }
            at = next.end();
        }
        if (torch && at == from) {
            throw DamagedException.cut(from);
        }
    }
}
