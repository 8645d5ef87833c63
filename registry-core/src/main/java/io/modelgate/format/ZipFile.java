package io.modelgate.format;

import io.modelgate.finding.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Zips, and what is stored in them: PyTorch, TorchScript, Keras, skops, NumPy. */
final class ZipFile implements Kind {
    private static final int MOST_EXAMINED = 20_000;

    /** The bytes of tensors, and the source of TorchScript, which Python never sees. */
    private static final Pattern OF_TORCH =
            Pattern.compile("([^/]+/)?(data|constants|xl_model_data|tensors)/[0-9]+|([^/]+/)?code/.*");

    private static final Pattern PICKLE_OF_TORCH = Pattern.compile("([^/]+/)?data\\.pkl");
    private static final Pattern SCRIPT_OF_TORCH = Pattern.compile("([^/]+/)?(constants\\.pkl|code/.+)");

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes zip = sample.bytes();
        if (!zip.has(0, 'P', 'K', 3, 4) && !zip.has(0, 'P', 'K', 5, 6)) {
            return;
        }
        notes.is(Format.ZIP);
        Optional<ZipDirectory> directory = ZipDirectory.of(zip);
        if (directory.isEmpty()) {
            throw new DamagedException("It is cut: the directory at its end is missing.");
        }
        read(sample, directory.get(), notes);
    }

    /** Goes on when the directory is known. */
    static void read(Sample sample, ZipDirectory directory, Notes notes) throws DamagedException {
        List<ZipEntry> files =
                directory.entries().stream().filter(each -> !each.isFolder()).toList();
        Format format = format(sample, files);
        notes.is(format);
        try {
            new ZipCheck(sample.bytes(), directory, notes).run();
        } catch (DamagedException e) {
            notes.problem(e.sentence()); // what is whole may still be loaded
        }
        boolean torch = format == Format.PYTORCH || format == Format.TORCHSCRIPT;
        int examined = 0;
        for (ZipEntry each : files) {
            if (!each.isReadable() || (torch && OF_TORCH.matcher(each.name()).matches())) {
                continue;
            }
            if (++examined > MOST_EXAMINED) {
                throw new DamagedException("It has more than " + MOST_EXAMINED + " entries; the rest was not read.");
            }
            try {
                examine(sample, each, format, notes);
            } catch (DamagedException e) {
                notes.problem("In " + Text.excerpt(each.name(), 80) + ": " + e.sentence());
            }
        }
    }

    private static void examine(Sample sample, ZipEntry entry, Format format, Notes notes) throws DamagedException {
        Bytes content = entry.content(sample.bytes(), sample.limits());
        if (format == Format.KERAS && entry.name().equals("config.json")) {
            KerasConfig.read(content, notes);
            return;
        }
        Notes inner = Examination.of(sample.inside(content, entry.name()));
        if (inner.format().equals(Optional.of(Format.EMPTY))) {
            return;
        }
        notes.include(inner, entry.name());
        if (!entry.isWhole(content)) {
            notes.problem("Its entry " + Text.excerpt(entry.name(), 80) + " is damaged: it has another checksum.");
        }
    }

    private static Format format(Sample sample, List<ZipEntry> files) throws DamagedException {
        Set<String> names = files.stream().map(ZipEntry::name).collect(Collectors.toSet());
        if (names.stream().anyMatch(PICKLE_OF_TORCH.asMatchPredicate())) {
            boolean script = names.stream().anyMatch(SCRIPT_OF_TORCH.asMatchPredicate());
            return script ? Format.TORCHSCRIPT : Format.PYTORCH;
        }
        if (names.contains("config.json") && (names.contains("model.weights.h5") || names.contains("metadata.json"))) {
            return Format.KERAS;
        }
        if (names.contains("schema.json")) {
            return isSkops(sample, files) ? Format.SKOPS : Format.ZIP;
        }
        boolean arrays = !files.isEmpty() && names.stream().allMatch(each -> each.endsWith(".npy"));
        return arrays ? Format.NUMPY_ZIP : Format.ZIP;
    }

    private static boolean isSkops(Sample sample, List<ZipEntry> files) throws DamagedException {
        for (ZipEntry each : files) {
            if (each.name().equals("schema.json")) {
                JsonKeys keys = JsonKeys.of(each.content(sample.bytes(), sample.limits()), 1);
                return keys.has("/__loader__") && keys.has("/protocol");
            }
        }
        return false;
    }
}
