package io.modelgate.policy;

import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.Wording;
import io.modelgate.format.Format;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Explainability;
import io.modelgate.manifest.Explainability.Scope;
import io.modelgate.manifest.Lineage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the explanations of a version say, and what is missing in them: whether they are there and are about these bytes. */
final class Explained {
    /** Shorter ones cannot name one input and its value. */
    private static final int SMALLEST_FILE = 16;

    /** An address and a verb, at least. */
    private static final int FEWEST_WORDS = 2;

    private static final Set<Format> DOCUMENTS =
            Set.of(Format.JSON, Format.CSV, Format.TEXT, Format.YAML, Format.EMPTY);

    /** Numerical noise, in whatever units. */
    private static final BigDecimal SMALLEST_IMPORTANCE = new BigDecimal("1e-12");

    private final Evidence evidence;
    private final ArtifactFormats formats;

    Explained(JudgeContext context) {
        this.evidence = context.evidence();
        this.formats = context.around().formats();
    }

    List<Explainability> all() {
        return evidence.version().facts().explainability();
    }

    /** Why an explanation does not count; empty when it does. */
    List<String> missing(Explainability explanation) {
        List<String> missing = new ArrayList<>();
        Optional<Boolean> known = explanation
                .about()
                .artifact()
                .map(digest -> artifacts().stream().map(Artifact::digest).anyMatch(digest::equals));
        if (known.isEmpty()) {
            missing.add("it does not say by 'about' which artifact it explains");
        } else if (!known.get()) {
            missing.add("'about' is no artifact of this version");
        } else if (isDocument(explanation.about().artifact().orElseThrow())) {
            missing.add("'about' is a document and no model");
        }
        missing.addAll(explanation.scope() == Scope.LOCAL ? missingLocal(explanation) : missingGlobal(explanation));
        missing.addAll(file(explanation));
        return missing;
    }

    private boolean isDocument(Digest explained) {
        List<Digest> digests = artifacts().stream().map(Artifact::digest).toList();
        return DOCUMENTS.contains(
                formats.of(evidence.version()).get(digests.indexOf(explained)).format());
    }

    private static List<String> missingLocal(Explainability explanation) {
        if (explanation.how().isPresent()) {
            return says(explanation.how().get()) ? List.of() : List.of("'how' says nothing");
        }
        return explanation.file().isPresent() ? List.of() : List.of("it does not say how to get one");
    }

    private List<String> missingGlobal(Explainability explanation) {
        List<String> missing = new ArrayList<>();
        List<Explainability.Feature> features = explanation.values().features();
        if (explanation.values().units().isEmpty()) {
            missing.add("it has no units");
        }
        missing.addAll(dataset(explanation));
        if (features.isEmpty() && explanation.file().isEmpty()) {
            missing.add("it has neither features nor a file");
        }
        if (!features.isEmpty()
                && features.stream().allMatch(each -> each.importance().abs().compareTo(SMALLEST_IMPORTANCE) < 0)) {
            missing.add("the importance of every feature is 0");
        }
        return missing;
    }

    /** The data are those that the version was made from or measured on, as far as it names any. */
    private List<String> dataset(Explainability explanation) {
        if (explanation.about().dataset().isEmpty()) {
            return List.of("it does not name the dataset it was computed on");
        }
        Set<String> known = new TreeSet<>(datasets().toList());
        return explanation
                .about()
                .dataset()
                .filter(name -> !known.isEmpty() && !known.contains(name))
                .map(name -> "nothing else here knows its dataset " + name + "; known are " + String.join(", ", known))
                .stream()
                .toList();
    }

    private Stream<String> datasets() {
        Stream<Dataset> lineage =
                evidence.version().facts().lineage().map(Lineage::datasets).orElse(List.of()).stream();
        Stream<Dataset> evaluated =
                evidence.evaluations().stream().map(each -> each.measurement().dataset());
        Stream<Dataset> reported =
                evidence.fairness().stream().map(each -> each.measurement().dataset());
        return Stream.of(lineage, evaluated, reported).flatMap(each -> each).map(Dataset::name);
    }

    private static boolean says(String text) {
        Wording wording = Wording.of(text);
        return !wording.placeholder() && wording.distinct() >= FEWEST_WORDS;
    }

    /** A file that explains the model is another than the model, and there is something to read in it. */
    private List<String> file(Explainability explanation) {
        List<String> paths = artifacts().stream().map(Artifact::path).toList();
        int at = explanation.file().map(paths::indexOf).orElse(-1);
        if (at < 0) {
            return List.of();
        }
        Artifact file = artifacts().get(at);
        Optional<Digest> explained = explanation.about().artifact();
        if (explained.filter(file.digest()::equals).isPresent()) {
            return List.of("its file is the very artifact that it explains");
        }
        if (file.size() < SMALLEST_FILE) {
            return List.of("its file " + file.path() + " has " + file.size() + " bytes and explains nothing");
        }
        return formats.of(evidence.version()).get(at).saysNothing()
                ? List.of("there is nothing to read in its file " + file.path())
                : List.of();
    }

    private List<Artifact> artifacts() {
        return evidence.version().artifacts();
    }
}
