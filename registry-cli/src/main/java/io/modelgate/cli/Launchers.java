package io.modelgate.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the launcher that this program was started with, or could have been. */
final class Launchers {
    private static final int MOST_FOLDERS = 5;

    private Launchers() {}

    /** The launcher of the installation or checkout that this class is in; empty when there is none. */
    static Optional<Path> own() {
        try {
            Path jar = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(jar)) {
                return Optional.empty(); // classes of a build that is under way: its launcher would build once more
            }
            return places(jar).stream()
                    .filter(place -> Files.isRegularFile(place) && Files.isExecutable(place))
                    .findFirst();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Of an unpacked distribution, and of a checkout whose build made one. */
    private static List<Path> places(Path jar) {
        List<Path> places = new ArrayList<>();
        for (Path folder = jar.getParent();
                folder != null && places.size() < 2 * MOST_FOLDERS;
                folder = folder.getParent()) {
            places.add(folder.resolve("bin").resolve("modelgate"));
            places.add(folder.resolve("modelgate"));
        }
        return places;
    }
}
