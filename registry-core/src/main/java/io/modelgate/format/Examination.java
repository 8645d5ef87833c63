package io.modelgate.format;

import java.util.List;

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

    private Examination() {}

    static Notes of(Sample sample) {
        if (sample.depth() > Limits.DEPTH) {
            Notes deep = new Notes();
            deep.problem("It is packed in archives more than " + Limits.DEPTH + " deep, and was not read.");
            return deep;
        }
        Notes notes = asked(sample);
        new SecondFace(sample).read(notes);
        return notes;
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
