package io.modelgate.store.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of uploads between runs. */
class BegunUploadsTest {
    private static final URI BLOB = URI.create("https://registry.acme.example/v2/x/blobs/sha256:1");
    private static final BegunUploads.Begun BEGUN =
            new BegunUploads.Begun(URI.create("https://registry.acme.example/upload?_state=secret"), 6 << 20);

    @TempDir
    Path work;

    private BegunUploads uploads() {
        return BegunUploads.of(Map.of("MODELGATE_CACHE", work.toString()), Path.of("nowhere"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(work.resolve("uploads"))) {
            return all.toList();
        }
    }

    @Test
    void remembersUntilItIsTold() throws IOException {
        try (BegunUploads.Note note = uploads().note(BLOB)) {
            assertThat(note.begun()).isEmpty();
            note.keep(new BegunUploads.Begun(URI.create(BEGUN.location() + "longer"), 1));
            note.keep(BEGUN);
        }
        assertThat(Files.getPosixFilePermissions(work.resolve("uploads")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (BegunUploads.Note note = uploads().note(BLOB)) {
            assertThat(note.begun()).contains(BEGUN);
            note.forget();
            assertThat(note.begun()).isEmpty();
        }
        assertThat(files()).isEmpty();
        assertThat(BEGUN.toString()).doesNotContain("secret");
    }

    @Test
    void oneAtATimeHasIt() {
        try (BegunUploads.Note note = uploads().note(BLOB);
                BegunUploads.Note other = uploads().note(BLOB)) {
            note.keep(BEGUN);
            assertThat(note.isKept()).isTrue();
            assertThat(other.isKept()).isFalse();
            assertThat(other.begun()).isEmpty();
            other.keep(new BegunUploads.Begun(BLOB, 7));
            assertThat(note.begun()).contains(BEGUN);
        }
    }

    /** Asks for the lock on a file from a process of its own. */
    static final class Locks {
        public static void main(String[] file) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE)) {
                System.exit(channel.tryLock() == null ? 3 : 0);
            }
        }
    }

    @Test
    void noOtherProcessHasItAfterAnotherThreadWasRefused() throws Exception {
        try (BegunUploads.Note note = uploads().note(BLOB)) {
            try (BegunUploads.Note other = uploads().note(BLOB)) {
                assertThat(other.isKept()).isFalse();
            }
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Locks.class.getName(),
                            files().get(0).toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isEqualTo(3);
            assertThat(note.isKept()).isTrue();
        }
    }

    @Test
    void anUploadIsNoWorseForANoteThatCannotBeTakenAway() throws IOException {
        BegunUploads.Note note = uploads().note(BLOB);
        Path file = files().get(0);
        Files.delete(file);
        Files.createDirectories(file.resolve("in the way"));
        assertThatCode(note::close).doesNotThrowAnyException();
        assertThat(file).isDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rubbish",
                "1 https://x",
                "99999999999 https://x\n",
                "1 ht tp://x\n",
                "1 https://x\n2 https://y\n"
            })
    void whatIsSpoiltIsNotBelieved(String text) throws IOException {
        try (BegunUploads.Note note = uploads().note(BLOB)) {
            note.keep(BEGUN);
        }
        Files.writeString(files().get(0), text);
        try (BegunUploads.Note note = uploads().note(BLOB)) {
            assertThat(note.begun()).isEmpty();
        }
    }

    @Test
    void whatIsOlderThanAWeekIsTakenAway() throws IOException {
        try (BegunUploads.Note note = uploads().note(BLOB)) {
            note.keep(BEGUN);
        }
        Files.setLastModifiedTime(files().get(0), FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        try (BegunUploads.Note note = uploads().note(BLOB)) {
            assertThat(note.begun()).isEmpty();
        }
    }

    @Test
    void withoutAFolderNothingIsAmiss() throws IOException {
        Files.writeString(work.resolve("uploads"), "a file");
        try (BegunUploads.Note note = uploads().note(BLOB)) {
            note.keep(BEGUN);
            assertThat(note.begun()).isEmpty();
        }
    }
}
