package io.modelgate.git;

/** What an entry of a tree is. */
public enum EntryMode {
    /** An ordinary file, mode 100644: the only one that a registry has. */
    FILE(0100644),
    /** A file that may be executed, mode 100755. */
    EXECUTABLE(0100755),
    /** A symbolic link, mode 120000. */
    SYMLINK(0120000),
    /** A commit of another repository, mode 160000. */
    SUBMODULE(0160000),
    /** A folder, mode 040000. */
    TREE(0040000),
    /** A mode that Git does not write. */
    OTHER(0);

    private final int bits;

    EntryMode(int bits) {
        this.bits = bits;
    }

    int bits() {
        return bits;
    }

    static EntryMode of(int bits) {
        for (EntryMode mode : values()) {
            if (mode.bits == bits) {
                return mode;
            }
        }
        return OTHER;
    }
}
