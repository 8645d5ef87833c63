package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** A signature that is written to a file of this machine. */
final class WrittenSignature {
    private WrittenSignature() {}

    /** Writes it; a file that is there and is another one is CONFLICT. */
    static void write(Path path, byte[] signature) {
        try {
            Files.write(path, signature, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            requireSame(path, signature, e);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static void requireSame(Path path, byte[] signature, IOException cause) {
        try {
            if (Files.isRegularFile(path)
                    && Files.size(path) == signature.length
                    && Arrays.equals(Files.readAllBytes(path), signature)) {
                return;
            }
        } catch (IOException e) {
            throw unwritable(path, e);
        }
        throw new RegistryException(
                RegistryException.Kind.CONFLICT, path + " is there already.", "Choose another name.", cause);
    }

    private static RegistryException unwritable(Path path, IOException cause) {
        return RegistryException.environment(path + " cannot be written.", "Check the folder.", cause);
    }
}
