package io.modelgate.format;

/** No bytes at all: no model, and rarely what was meant. */
final class EmptyFile implements Kind {
    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        if (!sample.bytes().reaches(1)) {
            notes.is(Format.EMPTY);
            notes.problem("It is empty.");
        }
    }
}
