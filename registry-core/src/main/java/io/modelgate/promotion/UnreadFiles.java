package io.modelgate.promotion;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Says which files of a training output have no place in it: what is forgotten now cannot be added to the manifest later. */
final class UnreadFiles {
    private static final List<String> FILES = List.of("card.md", "facts.yaml", "model.yaml");
    private static final List<String> FOLDERS = List.of("model", "evaluations", "fairness");
    private static final int MOST = 10;

    private UnreadFiles() {}

    static List<Finding> in(Path folder) {
        List<Finding> findings = new ArrayList<>();
        for (Path each : list(folder)) {
            String name = name(each);
            if (name.equals("evaluations") || name.equals("fairness")) {
                list(each).stream()
                        .filter(file -> !name(file).endsWith(".yaml"))
                        .forEach(file -> findings.add(unread(file, "Documents are named <id>.yaml.")));
            } else if (!name.startsWith(".") && !FILES.contains(name) && !FOLDERS.contains(name)) {
                findings.add(unread(each, remedy(name, Files.isDirectory(each))));
            }
        }
        return findings.stream().limit(MOST).toList();
    }

    private static String remedy(String name, boolean folder) {
        List<String> known = folder ? FOLDERS : FILES;
        return Suggestion.nearest(name, known)
                .map(near -> "Did you mean " + near + "?")
                .orElse("Read are " + String.join(", ", FILES) + " and the folders " + String.join(", ", FOLDERS)
                        + "; what belongs to the version's files goes into model.");
    }

    private static Finding unread(Path file, String remedy) {
        return Finding.warn("register/unread", Place.file(file.toString()), "This is not read.", remedy);
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.<Path>empty()) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw RegistryException.environment(folder + " cannot be read.", "Check its permissions.", e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
