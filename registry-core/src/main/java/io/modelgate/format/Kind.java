package io.modelgate.format;

/** Knows one kind of file. */
interface Kind {
    /** Says on the notes what the file is, if it is of this kind, and then what there is to say about it; throws at damage. */
    void read(Sample sample, Notes notes) throws DamagedException;
}
