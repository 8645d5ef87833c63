package io.modelgate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.SourceFile;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is correct in every case that the reference tool was tried on ({@code cases.csv}), and in its own published examples. */
class ReferenceCasesTest {
    static final Path RESOURCES = Path.of("src/test/resources/signature");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    static Stream<List<String>> cases() throws IOException {
        return CsvReader.builder().ofCsvRecord(Files.readString(RESOURCES.resolve("cases.csv"))).stream()
                .skip(1)
                .map(CsvRecord::getFields);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsCorrect(List<String> given) throws Exception {
        assertThat(verifies(given)).as(given.toString()).isEqualTo(given.get(8).equals("valid"));
    }

    @Test
    void hasAllCases() throws IOException {
        assertThat(cases()).hasSize(23);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0.1-elliptic-key", "v1.1.0-elliptic-key"})
    void verifiesWhatTheReferenceToolPublished(String name) throws IOException {
        Path published = RESOURCES.resolve("published");
        SignatureBundle bundle = bundle(published.resolve(name).resolve("model.sig"));
        List<FileDigest> files = new ModelFolder(published.resolve(name), Progress.NONE)
                .files(path -> !path.equals("model.sig") && !path.equals("ignore-me"))
                .get();
        assertThat(bundle.mismatches(files)).isEmpty();
        assertThat(check(bundle, published.resolve("signing-key-pub.pem")))
                .isEqualTo(new Trust.Answer.Signed("key trusted"));
        assertThat(check(bundle, RESOURCES.resolve("key.pub.pem"))).isInstanceOf(Trust.Answer.Refused.class);
    }

    private boolean verifies(List<String> given) throws Exception {
        Path top = Files.createDirectories(folder.resolve("work"));
        String named = given.get(1);
        copy(RESOURCES.resolve(named), top.resolve(named));
        boolean inside = given.get(2).startsWith("./");
        Path signature = inside
                ? Files.copy(RESOURCES.resolve("model.sig"), top.resolve(named).resolve("model.sig"))
                : RESOURCES.resolve(given.get(2));
        if (!given.get(5).isEmpty()) {
            Process setup = new ProcessBuilder("sh", "-c", given.get(5))
                    .directory(top.resolve(named).toFile())
                    .start();
            assertThat(setup.waitFor()).isZero();
        }
        Checked<SignatureBundle> read =
                SignatureBundle.read(new SourceFile("model.sig", Files.readAllBytes(signature)));
        if (!read.ok()) {
            return false;
        }
        SignatureBundle bundle = read.get();
        boolean ignoreUnsigned = given.get(4).contains("--ignore_unsigned_files");
        Predicate<String> counts = path -> bundle.files().files().containsKey(path)
                || !(ignoreUnsigned
                        || ModelFolder.isIn(ModelFolder.LEFT_OUT, path)
                        || (inside && path.equals("model.sig")));
        Checked<List<FileDigest>> files = new ModelFolder(top.resolve(named), Progress.NONE).files(counts);
        return files.ok()
                && bundle.mismatches(files.get()).isEmpty()
                && check(bundle, RESOURCES.resolve(given.get(3))) instanceof Trust.Answer.Signed;
    }

    static Trust.Answer check(SignatureBundle bundle, Path key) throws IOException {
        return trust(VerificationKey.parse(Files.readString(key))).check(bundle, NOW);
    }

    static Trust trust(VerificationKey key) {
        return new Trust(
                List.of(new TrustedKey("trusted", key, Optional.empty(), Optional.empty(), Optional.empty())),
                Optional.empty());
    }

    static SignatureBundle bundle(Path file) throws IOException {
        return SignatureBundle.read(new SourceFile(file.toString(), Files.readAllBytes(file)))
                .get();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
