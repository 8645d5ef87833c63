package io.modelgate.gate;

import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.RegistryPath;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether the names of new files mean the same in a checkout on every machine. Only files that are no documents need it: the
 * names of all others are narrow enough.
 */
final class PortableNames {
    private static final Pattern STRANGE = Pattern.compile("[<>:\"|?*]|[ .]$");
    private static final Pattern RESERVED =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9]|\\.git|git~[0-9]+)(\\..*)?");

    private final Snapshot merged;
    private final Map<String, Map<String, List<String>>> siblings = new HashMap<>();

    PortableNames(Snapshot merged) {
        this.merged = merged;
    }

    /** What is wrong with a path. */
    Optional<String> problem(String path) {
        if (!(RegistryPath.of(path) instanceof RegistryPath.RepositoryFile)) {
            return Optional.empty();
        }
        try {
            Artifact.requirePath(path);
        } catch (IllegalArgumentException e) {
            return Optional.of("The name has invisible characters or a backslash.");
        }
        String folder = "";
        for (String name : path.split("/", -1)) {
            Optional<String> problem = problem(folder, name);
            if (problem.isPresent()) {
                return problem;
            }
            folder = folder.isEmpty() ? name : folder + "/" + name;
        }
        return Optional.empty();
    }

    private Optional<String> problem(String folder, String name) {
        if (STRANGE.matcher(name).find() || RESERVED.matcher(name).matches()) {
            return Optional.of("Some machines cannot have a file named '" + name + "'.");
        }
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            return Optional.of("The name is not in Unicode's composed form (NFC); some machines would rename it.");
        }
        return siblings.computeIfAbsent(folder, this::list).getOrDefault(folded(name), List.of()).stream()
                .filter(other -> !other.equals(name))
                .findFirst()
                .map(other ->
                        "There is '" + other + "' beside it; names must differ in more than case and composition.");
    }

    private Map<String, List<String>> list(String folder) {
        return merged.list(folder).stream().map(TreeEntry::name).collect(Collectors.groupingBy(PortableNames::folded));
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
