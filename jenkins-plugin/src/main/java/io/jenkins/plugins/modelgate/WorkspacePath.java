package io.jenkins.plugins.modelgate;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** A place that a step names, below the workspace and nowhere else. */
final class WorkspacePath {
    private WorkspacePath() {}

    /** Where it is; USAGE when it leads out of the workspace or a symbolic link is on the way. */
    static Path of(Path workspace, String named) {
        String plain = named.strip().replace('\\', '/');
        List<String> names = List.of(plain.split("/", -1));
        if (plain.isEmpty() || plain.startsWith("/") || names.contains("..") || plain.matches("[A-Za-z]:.*")) {
            throw RegistryException.usage(
                    "'" + named + "' is not a folder of the workspace.",
                    "Write it relative, without '..': to: 'model'.");
        }
        try {
            Path at = Files.createDirectories(workspace).toRealPath();
            for (String name : names) {
                at = at.resolve(name);
                if (Files.isSymbolicLink(at)) {
                    throw RegistryException.usage(
                            "'" + named + "' is not surely in the workspace: " + at + " is a symbolic link.",
                            "Name a folder without links on the way.");
                }
            }
            return at.normalize();
        } catch (InvalidPathException e) {
            throw RegistryException.usage("'" + named + "' is no name of a folder.", "Write it like to: 'model'.");
        } catch (IOException e) {
            throw RegistryException.environment(
                    workspace + " cannot be used as a workspace.", "Check its permissions.", e);
        }
    }
}
