package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.RegistryRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes a bare repository a local host that judges what is pushed to it. */
public final class HookInstallation {
    private static final String MARK = "# modelgate: the gate of this registry";

    private HookInstallation() {}

    /**
     * Writes the hook and the settings that it relies on. Doing it again brings both up to date.
     *
     * @param launcher the command that starts Modelgate, its words one by one, the first an absolute path
     * @param mode how this repository tells who somebody is
     * @return the hook's file
     */
    public static Path install(RegistryRepository repository, List<String> launcher, LocalIdentity.Mode mode) {
        Path program = Path.of(launcher.get(0));
        if (!program.isAbsolute() || !Files.isExecutable(program)) {
            throw RegistryException.usage(
                    "The hook must start Modelgate, and " + program + " is no program with an absolute path.",
                    "Name the launcher of an installation that stays: '--launcher /opt/modelgate/bin/modelgate'.");
        }
        Path directory = repository.directory().toAbsolutePath().normalize();
        if (Files.exists(directory.resolve("index"))) {
            throw RegistryException.usage(
                    directory + " has a work tree.",
                    "Install the hook in a bare repository, and let people clone that one.");
        }
        repository.configure(settings(mode));
        return write(directory.resolve("hooks").resolve("pre-receive"), script(launcher));
    }

    private static SortedMap<String, String> settings(LocalIdentity.Mode mode) {
        return new TreeMap<>(Map.ofEntries(
                Map.entry(LocalIdentity.SECTION + "." + LocalIdentity.NAME, mode.word()),
                // A user's or the machine's own setting must not lead past the hook.
                Map.entry("core.hooksPath", "hooks"),
                Map.entry("core.logAllRefUpdates", "always"),
                Map.entry("receive.fsckObjects", "true"),
                Map.entry("transfer.fsckObjects", "true"),
                Map.entry("receive.advertisePushOptions", "false"),
                Map.entry("receive.advertiseAtomic", "true"),
                Map.entry("receive.shallowUpdate", "false"),
                Map.entry("receive.maxInputSize", "512m"),
                // The hook allows deletion and rewriting for branches that are free, and for nothing else.
                Map.entry("receive.denyDeletes", "false"),
                Map.entry("receive.denyNonFastForwards", "false"),
                Map.entry("receive.denyDeleteCurrent", "refuse"),
                Map.entry("gc.reflogExpire", "never"),
                Map.entry("gc.reflogExpireUnreachable", "never")));
    }

    private static String script(List<String> launcher) {
        String command = launcher.stream().map(HookInstallation::quoted).collect(Collectors.joining(" "));
        String program = quoted(launcher.get(0));
        return String.join(
                "\n",
                "#!/bin/sh",
                MARK + ". Written by 'modelgate host install-hook'; do not edit.",
                "if [ ! -x " + program + " ]; then",
                "    echo 'modelgate: nothing is accepted: the program that judges it is not there:' " + program
                        + " >&2",
                "    echo \"modelgate: an administrator runs 'modelgate host install-hook' again.\" >&2",
                "    exit 1",
                "fi",
                "exec " + command + " host hook pre-receive",
                "");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static Path write(Path hook, String script) {
        try {
            if (Files.exists(hook) && !Files.readString(hook).contains(MARK)) {
                throw RegistryException.conflict(
                        hook + " is there already and is not Modelgate's.",
                        "Move it away; call it from a 'post-receive' hook if it must run.");
            }
            Files.createDirectories(hook.resolveSibling(""));
            Path draft = Files.createTempFile(hook.resolveSibling(""), "pre-receive", ".new");
            Files.writeString(draft, script);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            return Files.move(draft, hook, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UnsupportedOperationException e) {
            throw RegistryException.environment(
                    hook + " cannot be written: " + e.getMessage(), "Check the permissions of the folder.", e);
        }
    }
}
