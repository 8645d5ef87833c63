package io.modelgate.format;

import java.util.List;

/** Asks the kinds of files one after the other whether a file is theirs. */
final class Examination {
    /** The order decides between kinds that could both be meant: what runs code comes before what looks harmless. */
    private static final List<Kind> KINDS =
            List.of(new ZipFile(), new PickleFile(), new SafetensorsFile(), new OnnxFile());

    private Examination() {}

    static Notes of(Sample sample) {
        Notes nothing = new Notes();
        if (sample.depth() > Limits.DEPTH) {
            nothing.problem("It is packed in archives more than " + Limits.DEPTH + " deep, and was not read.");
            return nothing;
        }
        for (Kind each : KINDS) {
            Notes notes = new Notes();
            try {
                each.read(sample, notes);
            } catch (DamagedException e) {
                notes.problem(e.sentence());
            }
            if (notes.format().isPresent()) {
                return notes;
            }
        }
        return nothing;
    }
}
