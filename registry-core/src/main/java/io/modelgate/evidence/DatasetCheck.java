package io.modelgate.evidence;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.FindingList;
import io.modelgate.manifest.Lineage;
import io.modelgate.manifest.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether something was measured on the data that the lineage of the version names. */
final class DatasetCheck {
    private static final String RULE = "evidence/dataset";

    private DatasetCheck() {}

    /**
     * What lineage says of a data set is so: its bytes, its rows and what it was used for. Data of a role that the lineage names
     * otherwise is worth a look; production data come later than any lineage.
     */
    static List<Finding> of(Measurement measurement, ModelVersion version) {
        Dataset measured = measurement.dataset();
        List<Dataset> named = version.facts().lineage().map(Lineage::datasets).orElse(List.of());
        List<Dataset> ofName = named.stream()
                .filter(each -> each.name().equals(measured.name()))
                .toList();
        Optional<Dataset> same =
                ofName.stream().filter(each -> each.role() == measured.role()).findFirst();
        FindingList problems = new FindingList();
        if (same.isPresent()) {
            compare(measurement, same.get(), version, problems);
        } else if (!ofName.isEmpty()) {
            problems.add(
                    RULE,
                    measurement.place(),
                    "this says that " + measured.name() + " is "
                            + measured.role().word() + " data; by the lineage of " + version.id() + " it is "
                            + words(ofName) + " data",
                    "Say what the data was used for.");
        }
        List<Finding> findings = new ArrayList<>(problems.list());
        List<Dataset> ofRole =
                named.stream().filter(each -> each.role() == measured.role()).toList();
        if (ofName.isEmpty() && !ofRole.isEmpty() && measured.role() != DatasetRole.PRODUCTION) {
            findings.add(Finding.warn(
                    RULE,
                    measurement.place(),
                    "This was measured on " + measured.name() + "; the lineage of " + version.id() + " names other "
                            + measured.role().word() + " data: "
                            + ofRole.stream().map(Dataset::name).collect(Collectors.joining(", ")) + ".",
                    "Make sure that it may stand for the data that the lineage names."));
        }
        return findings;
    }

    private static String words(List<Dataset> datasets) {
        return datasets.stream().map(each -> each.role().word()).distinct().collect(Collectors.joining(" and "));
    }

    private static void compare(Measurement measurement, Dataset same, ModelVersion version, FindingList problems) {
        Dataset measured = measurement.dataset();
        boolean otherBytes = same.digest()
                .flatMap(digest -> measured.digest().map(other -> !digest.equals(other)))
                .orElse(false);
        if (otherBytes) {
            problems.add(
                    RULE,
                    measurement.place(),
                    "this was measured on other bytes of " + measured.name() + " than the lineage of " + version.id()
                            + " names",
                    "Measure on the data that the lineage names.");
        } else if (same.rows().filter(rows -> rows != measurement.rows()).isPresent()) {
            problems.add(
                    RULE,
                    measurement.place(),
                    "this was measured on " + measurement.rows() + " rows of " + measured.name()
                            + "; by the lineage of " + version.id() + " it has "
                            + same.rows().get(),
                    "Measure on all of it, say how many rows are unassigned, or name the part as data of its own.");
        }
    }
}
