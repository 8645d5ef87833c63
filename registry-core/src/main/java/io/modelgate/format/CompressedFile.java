package io.modelgate.format;

import java.util.Optional;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/** Files that are compressed as a whole: what joblib writes when asked to, and archives. */
final class CompressedFile implements Kind {
    private static final int MEMORY_KIB = 64 << 10;

    /** Old versions of joblib wrote this, the length as a padded hexadecimal number, and zlib. */
    private static final String OLD_JOBLIB = "ZF0x";

    private static final int OLD_JOBLIB_HEADER = 21;

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes packed = sample.bytes();
        if (packed.has(0, 0x28, 0xb5, 0x2f, 0xfd)) {
            notes.is(Format.COMPRESSED);
            throw new DamagedException("It is compressed with Zstandard, and what is in it was not read.");
        }
        Optional<UnpackedBytes.Opening> strong = signed(packed);
        if (strong.isPresent()) {
            notes.is(Format.COMPRESSED);
            examine(sample, new UnpackedBytes(packed, strong.get(), sample.limits()), notes);
            return;
        }
        Optional<UnpackedBytes.Opening> weak = unsigned(packed);
        if (weak.isPresent()) {
            UnpackedBytes content = new UnpackedBytes(packed, weak.get(), sample.limits());
            if (content.reaches(1)) { // or throws when it is nothing of the kind
                notes.is(Format.COMPRESSED);
                examine(sample, content, notes);
            }
        }
    }

    private static Optional<UnpackedBytes.Opening> signed(Bytes packed) throws DamagedException {
        if (packed.has(0, 0x1f, 0x8b)) {
            return Optional.of(in -> GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get());
        }
        if (packed.has(0, "BZh")) {
            return Optional.of(in -> new BZip2CompressorInputStream(in, true));
        }
        if (packed.has(0, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return Optional.of(in -> new XZInputStream(in, MEMORY_KIB));
        }
        if (packed.has(0, 0x04, 0x22, 0x4d, 0x18)) {
            return Optional.of(in -> new FramedLZ4CompressorInputStream(in, true));
        }
        return Optional.empty();
    }

    /** Streams whose first bytes could be those of something else, too. */
    private static Optional<UnpackedBytes.Opening> unsigned(Bytes packed) throws DamagedException {
        byte[] head = packed.slice(0, 2);
        boolean zlib = head.length == 2 && head[0] == 0x78 && ((head[0] << 8 | (head[1] & 0xff)) % 31) == 0;
        if (zlib) {
            return Optional.of(InflaterInputStream::new);
        }
        if (packed.has(0, 0x5d, 0, 0)) {
            return Optional.of(in -> new LZMAInputStream(in, MEMORY_KIB));
        }
        if (packed.has(0, OLD_JOBLIB)) {
            return Optional.of(in -> {
                in.skipNBytes(OLD_JOBLIB_HEADER);
                return new InflaterInputStream(in);
            });
        }
        return Optional.empty();
    }

    private static void examine(Sample sample, Bytes content, Notes notes) throws DamagedException {
        Notes inner = Examination.of(sample.inside(content, nameInside(sample)));
        notes.include(inner, "");
        switch (inner.format().orElse(Format.UNKNOWN)) {
            case PICKLE, JOBLIB -> notes.is(Format.JOBLIB);
            case TAR -> notes.is(Format.TAR);
            case R_SERIALIZED -> notes.is(Format.R_SERIALIZED);
            default -> {}
        }
        if (!inner.hasProblems()) {
            content.size(); // to the checksum at its end
        }
    }

    private static String nameInside(Sample sample) {
        return sample.named(".gz", ".bz2", ".xz", ".lzma", ".lz4", ".z")
                ? sample.path().substring(0, sample.path().lastIndexOf('.'))
                : sample.path();
    }
}
