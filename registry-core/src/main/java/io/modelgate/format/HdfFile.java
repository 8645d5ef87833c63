package io.modelgate.format;

import java.util.Optional;

/** HDF5, as which Keras stored whole models: their layers are in an attribute of the root. */
final class HdfFile implements Kind {
    private static final int[] SIGNATURE = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /** It may begin at 0, or at 512 and its doubles. */
    private static final int FIRST_PLACE = 512;

    private static final long LAST_PLACE = 1 << 20;
    private static final String LAYERS = "model_config";

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        if (isAt(sample.bytes(), 0)) {
            read(sample.bytes(), 0, notes);
        }
    }

    /** Where it begins behind something else, as it may. */
    static Optional<Long> behind(Bytes bytes) throws DamagedException {
        for (long at = FIRST_PLACE; at <= LAST_PLACE; at *= 2) {
            if (isAt(bytes, at)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    static void read(Bytes bytes, long at, Notes notes) throws DamagedException {
        notes.is(Format.HDF5);
        HdfRoot root = HdfRoot.of(bytes, at);
        Optional<Bytes> layers = root.attribute(LAYERS);
        if (layers.isPresent()) {
            notes.is(Format.KERAS_HDF5);
            KerasConfig.read(layers.get(), notes);
        }
        if (root.isDense()) {
            notes.runsCode();
            throw new DamagedException(
                    "It keeps its attributes in a form that is not read here: a Lambda layer in it would not be seen.");
        }
    }

    private static boolean isAt(Bytes bytes, long at) throws DamagedException {
        return bytes.has(at, SIGNATURE);
    }
}
