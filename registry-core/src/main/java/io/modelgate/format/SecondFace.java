package io.modelgate.format;

import java.util.Optional;

/**
 * Looks for a second format in a file: zip is found from the end of a file, and HDF5 may begin behind something else. Such a
 * file is one thing to one program, and another to the next.
 */
final class SecondFace {
    private final Sample sample;

    SecondFace(Sample sample) {
        this.sample = sample;
    }

    /** Adds what a second format does, and tells the file by it when there was no first. */
    void read(Notes notes) {
        Optional<Format> first = notes.format();
        boolean open = first.isEmpty() || first.get() == Format.TEXT;
        if (sample.depth() > 0 || first.filter(SecondFace::isArchive).isPresent()) {
            return;
        }
        Notes second = new Notes();
        try {
            look(second);
        } catch (DamagedException e) {
            second.problem(e.sentence());
        }
        second.format().ifPresent(format -> {
            notes.include(second, "");
            if (open) {
                notes.is(format);
            } else {
                notes.problem("To a program that does not read it from its start it is something else: "
                        + format.title() + ".");
            }
        });
    }

    private void look(Notes second) throws DamagedException {
        Bytes bytes = sample.bytes();
        Optional<ZipDirectory> zip =
                ZipDirectory.of(bytes).filter(each -> !each.entries().isEmpty());
        if (zip.isPresent()) {
            second.is(Format.ZIP);
            ZipFile.read(sample, zip.get(), second);
            return;
        }
        Optional<Long> hdf = HdfFile.behind(bytes);
        if (hdf.isPresent()) {
            HdfFile.read(bytes, hdf.get(), second);
        }
    }

    /** A zip is read from its end anyway, and the end of a tar may be a zip that is packed in it. */
    private static boolean isArchive(Format format) {
        return switch (format) {
            case ZIP, PYTORCH, TORCHSCRIPT, KERAS, SKOPS, NUMPY_ZIP, TAR -> true;
            default -> false;
        };
    }
}
