package io.modelgate.importer;

import io.modelgate.evidence.Subject;
import io.modelgate.evidence.Task;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.RegistryPath;
import java.util.List;
import java.util.Optional;

/**
 * What a file of another tool does not know. What it says itself need not be given, and must not be given differently.
 * Findings name what is missing by the option that gives it, such as {@code --reference sex=male}.
 *
 * @param id the id of the document to write ({@code --id})
 * @param subject the version that was measured
 * @param datasets what it was measured on ({@code --dataset}, {@code --role}, {@code --rows}): the first, unless the file
 *     names another of them
 * @param task what kind of answer the model gives ({@code --task})
 * @param measuredAt when it was measured
 * @param toolVersion version of the tool ({@code --tool-version}), where the file does not say it
 * @param population the people ({@code --favourable}, {@code --reference sex=male}, {@code --group sex=female:125})
 */
public record ImportContext(
        String id,
        Subject subject,
        List<Dataset> datasets,
        Task task,
        MeasuredAt measuredAt,
        Optional<String> toolVersion,
        Population population) {
    public ImportContext {
        datasets = List.copyOf(datasets);
        if (datasets.isEmpty()) {
            throw new IllegalArgumentException("at least one dataset must be named");
        }
        checkId(subject, id);
    }

    /** The dataset that a file means when it names none. */
    public Dataset dataset() {
        return datasets.get(0);
    }

    /** The path of a document says which names are allowed. */
    private static void checkId(Subject subject, String id) {
        new RegistryPath.FairnessFile(subject.version(), id).path();
    }
}
