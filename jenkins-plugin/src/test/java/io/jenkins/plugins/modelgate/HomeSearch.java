package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Looks for secrets in every file of Jenkins' home, build logs and jobs included. */
final class HomeSearch extends SimpleFileVisitor<Path> {
    private final List<String> secrets;
    private int files;

    private HomeSearch(List<String> secrets) {
        this.secrets = secrets;
    }

    static void assertNowhere(Path home, String... secrets) throws IOException {
        HomeSearch search = new HomeSearch(List.of(secrets));
        Files.walkFileTree(home, search);
        assertTrue(search.files > 0, "there are files to look into");
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile()) {
            try {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                secrets.forEach(secret -> assertFalse(text.contains(secret), file.toString()));
                files++;
            } catch (NoSuchFileException e) {
                // A temporary file: Jenkins goes on writing, and what it becomes is looked at by its name.
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }
}
