package io.modelgate.format;

import java.util.List;
import java.util.Set;

/** Asks the kinds of files one after the other whether a file is theirs. */
final class Examination {
    /** The order decides between kinds that could both be meant: what runs code comes before what looks harmless. */
    private static final List<Kind> KINDS = List.of(
            new EmptyFile(),
            new ZipFile(),
            new PickleFile(),
            new CompressedFile(),
            new NumpyFile(),
            new HdfFile(),
            new GgufFile(),
            new SignedFile(),
            new BytecodeFile(),
            new TarFile(),
            new SafetensorsFile(),
            new XmlFile(),
            new JsonFile(),
            new UbjsonFile(),
            new OnnxFile(),
            new TensorflowFile(),
            new TextFile());

    /** Which formats are read by people. */
    private static final Set<Format> TEXTS = Set.of(Format.JSON, Format.CSV, Format.TEXT, Format.YAML, Format.XML);

    private Examination() {}

    static Notes of(Sample sample) {
        if (sample.depth() > Limits.DEPTH) {
            Notes deep = new Notes();
            deep.problem("It is packed in archives more than " + Limits.DEPTH + " deep, and was not read.");
            return deep;
        }
        Notes notes = asked(sample);
        hear(sample, notes);
        new SecondFace(sample).read(notes);
        return notes;
    }

    private static void hear(Sample sample, Notes notes) {
        if (sample.depth() > 0 || notes.format().filter(TEXTS::contains).isEmpty()) {
            return;
        }
        try {
            if (Wordless.is(sample.bytes())) {
                notes.saysNothing();
            }
        } catch (DamagedException e) {
            notes.problem(e.sentence());
        }
    }

    private static Notes asked(Sample sample) {
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
        return new Notes();
    }
}
