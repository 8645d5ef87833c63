package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that the demo starts from, as the build packs them: policies to begin with and the outputs of training jobs. */
final class DemoFiles {
    private DemoFiles() {}

    /** Writes them below a folder, which is made if need be. */
    static void unpack(Path directory) {
        try {
            for (String name : names()) {
                Path file = directory.resolve(name).normalize();
                Files.createDirectories(file.getParent());
                try (InputStream bytes = resource(name)) {
                    Files.write(file, bytes.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw RegistryException.environment(
                    "The demo cannot write to " + directory + ".",
                    "Name another folder: 'modelgate demo <folder>'.",
                    e);
        }
    }

    private static List<String> names() throws IOException {
        try (BufferedReader index =
                new BufferedReader(new InputStreamReader(resource("index.txt"), StandardCharsets.UTF_8))) {
            return index.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    private static InputStream resource(String name) {
        InputStream stream = DemoFiles.class.getResourceAsStream("/demo/" + name);
        if (stream == null) {
            throw new IllegalStateException("the build did not pack demo/" + name);
        }
        return stream;
    }
}
