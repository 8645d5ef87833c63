package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreLocation;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The contract of stores in a process of its own, one in which only the bucket's own name is known as that of a machine: a JVM reads
 * the names of machines from a file only if it was started so.
 */
final class S3VirtualHost extends ArtifactStoreContract {
    private static final String BUCKET = "models";
    private static final int IN_PARTS = (40 << 20) + 12_345;

    private final URI endpoint;
    private final Path data;
    private final String prefix = "p" + UUID.randomUUID();

    private S3VirtualHost(URI endpoint, Path data) {
        this.endpoint = endpoint;
        this.data = data;
    }

    @Override
    ArtifactStore store() {
        return S3Peer.store(new StoreLocation(
                "s3://" + BUCKET + "/" + prefix, Optional.of(endpoint), Optional.of("us-east-1"), Optional.of(false)));
    }

    @Override
    void damage(FileDigest file, byte[] bytes) throws IOException {
        Files.write(object(file), bytes);
    }

    private Path object(FileDigest file) {
        String hex = file.digest().hex();
        return data.resolve(BUCKET + "/" + prefix + "/sha256/" + hex.substring(0, 2) + "/" + hex);
    }

    @Test
    void movesALargeFileInPartsAndListsIt() throws IOException {
        FileDigest file = put("weights.bin", random(IN_PARTS));
        assertThat(Digest.of(Files.readAllBytes(object(file)))).isEqualTo(file.digest());
        store().get(file, work.resolve("out"), Progress.NONE);
        assertThat(FileTree.is(work.resolve("out"), file, Progress.NONE)).isTrue();
        List<StoredObject> all = new ArrayList<>();
        assertThat(store().list(all::add)).isTrue();
        assertThat(all).extracting(StoredObject::digest).containsExactly(file.digest());
        store().remove(all.get(0));
        assertThat(store().verify(file)).isEqualTo(Verification.MISSING);
    }

    /** Runs all tests; the arguments are the address of the server, the folder of its data and a folder to work in. */
    public static void main(String[] args) throws Exception {
        List<Method> tests = new ArrayList<>();
        for (Class<?> each = S3VirtualHost.class; each != Object.class; each = each.getSuperclass()) {
            tests.addAll(Arrays.stream(each.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .toList());
        }
        tests.sort(Comparator.comparing(Method::getName));
        for (Method test : tests) {
            S3VirtualHost contract = new S3VirtualHost(URI.create(args[0]), Path.of(args[1]));
            contract.work = Files.createDirectory(Path.of(args[2]).resolve(test.getName()));
            test.setAccessible(true);
            try {
                test.invoke(contract);
                System.out.println("ok " + test.getName());
            } catch (InvocationTargetException e) {
                System.out.println("FAILED " + test.getName() + ": " + e.getCause());
            }
        }
    }
}
