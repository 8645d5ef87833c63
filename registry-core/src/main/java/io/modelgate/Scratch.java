package io.modelgate;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for the length of one command. */
final class Scratch {
    private Scratch() {}

    static Path make() {
        try {
            return Files.createTempDirectory("modelgate");
        } catch (IOException e) {
            throw RegistryException.environment(
                    "No temporary folder can be made: " + e.getMessage(), "Check the free space of the disk.", e);
        }
    }

    /** What cannot be removed stays: it holds nothing that anybody needs. */
    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
