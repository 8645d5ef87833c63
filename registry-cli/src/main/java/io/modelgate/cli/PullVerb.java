package io.modelgate.cli;

import io.modelgate.Pulled;
import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.store.CacheUse;
import io.modelgate.store.FolderComparison;
import io.modelgate.store.Verification;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings the files of a version into a folder, every byte verified. */
@Command(name = "pull", description = "Bring the files of a version into a folder, every byte verified.")
final class PullVerb implements Verb {
    private static final int MOST_NAMED = 5;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<reference>", description = "Such as ns/name@prod.")
    private String reference = "";

    @Option(
            names = "--to",
            paramLabel = "<folder>",
            description = "Where to. With --verify-only: the folder to compare; without it, the store is read.")
    private @Nullable String folder;

    @Option(
            names = "--signature",
            paramLabel = "<file>",
            description = "Also write the signature of the version, its model.sig, to this file.")
    private @Nullable String signature;

    @Option(
            names = "--verify-only",
            description =
                    "Write nothing: compare the folder with the version, or read the bytes in the store again when no"
                            + " folder is named. Ends with 5 when something is missing or changed.")
    private boolean verifyOnly;

    @Option(
            names = "--offline",
            description = "Ask no other machine: the registry as it was last fetched, the bytes from the cache.")
    private boolean offline;

    @Option(names = "--no-cache", description = "Neither take anything from the cache nor keep anything in it.")
    private boolean noCache;

    @Option(
            names = "--link",
            description =
                    "Make the files read-only hard links of the cache's where that is possible, instead of copies."
                            + " Whoever writes into such a file all the same changes the cache's, too; that is noticed, never used.")
    private boolean link;

    @Override
    public ExitCode run(Terminal terminal) {
        requireSense();
        try (Registry registry = offline ? common.offline(terminal) : common.read(terminal)) {
            ModelReference named = Arguments.parse(reference, ModelReference::parse);
            Resolved found = registry.catalog().resolve(named);
            if (named instanceof ModelReference.Latest) {
                terminal.say(named.model() + " alone stands for its highest version, "
                        + found.version().version()
                        + ", whatever stages it is in. Say @<stage> for what is in a stage.");
            }
            if (verifyOnly) {
                return folder == null
                        ? verifyStore(terminal, registry, found)
                        : compare(terminal, registry, found, folder);
            }
            Optional<byte[]> signed = Optional.ofNullable(signature).map(file -> signature(registry, found));
            ExitCode code = pull(terminal, registry, found, String.valueOf(folder));
            signed.ifPresent(bytes -> WrittenSignature.write(terminal.path(String.valueOf(signature)), bytes));
            return code;
        }
    }

    private static byte[] signature(Registry registry, Resolved found) {
        return registry.snapshot()
                .read(new RegistryPath.SignatureFile(found.version()).path())
                .orElseThrow(() -> SignatureVerifyVerb.unsigned(found))
                .bytes();
    }

    private void requireSense() {
        if (signature != null && verifyOnly) {
            throw RegistryException.usage(
                    "--verify-only writes nothing, no signature either.", "Leave one of them out.");
        }
        if (folder == null && !verifyOnly) {
            throw RegistryException.usage("Where to?", "Name a folder: --to <folder>.");
        }
        if (noCache && (offline || link)) {
            throw RegistryException.usage(
                    "--no-cache leaves nothing that --offline or --link could use.", "Leave one of them out.");
        }
        if (verifyOnly && offline && folder == null) {
            throw RegistryException.usage(
                    "A store cannot be read offline.", "Name the folder to compare: --to <folder>.");
        }
    }

    private void print(Terminal terminal, MappingBuilder document, String text) {
        Output.print(terminal, common.output(), document.build(), () -> List.of(text));
    }

    private static MappingBuilder document(String format, Resolved found) {
        return new MappingBuilder()
                .text("format", format)
                .text("version", found.version())
                .text("artifacts", found.manifest().rootDigest());
    }

    private ExitCode pull(Terminal terminal, Registry registry, Resolved found, String to) {
        CacheUse use = noCache ? CacheUse.NONE : offline ? CacheUse.OFFLINE : CacheUse.NORMAL;
        Pulled pulled = registry.pull(found, terminal.path(to), link ? use.linking() : use);
        warnOfOthers(terminal, to, pulled.files().others());
        int fetched = pulled.files().fetched().size();
        print(
                terminal,
                document("modelgate.io/pull/v1", found)
                        .text("folder", terminal.path(to))
                        .texts("fetched", pulled.files().fetched())
                        .number("fromCache", pulled.fromCache())
                        .texts("kept", pulled.files().kept())
                        .texts("others", pulled.files().others()),
                found.version() + ": " + fetched + (fetched == 1 ? " file fetched" : " files fetched")
                        + (pulled.fromCache() > 0 ? " (" + pulled.fromCache() + " from the cache), " : ", ")
                        + pulled.files().kept().size() + " kept, all verified ("
                        + found.manifest().rootDigest() + ").");
        return ExitCode.OK;
    }

    private static void warnOfOthers(Terminal terminal, String folder, List<String> others) {
        if (!others.isEmpty()) {
            terminal.say("warn: " + folder + " also holds what is not of this version: "
                    + String.join(", ", others.stream().limit(MOST_NAMED).toList())
                    + (others.size() > MOST_NAMED ? " and " + (others.size() - MOST_NAMED) + " more" : "")
                    + ". Pull into an empty folder for the version alone.");
        }
    }

    private ExitCode compare(Terminal terminal, Registry registry, Resolved found, String folder) {
        FolderComparison compared = registry.compare(found, terminal.path(folder));
        compared.missing().forEach(name -> terminal.say("missing: " + name));
        compared.changed().forEach(name -> terminal.say("changed: " + name));
        warnOfOthers(terminal, folder, compared.others());
        print(
                terminal,
                document("modelgate.io/pull-verification/v1", found)
                        .text("folder", terminal.path(folder))
                        .texts("right", compared.right())
                        .texts("missing", compared.missing())
                        .texts("changed", compared.changed())
                        .texts("others", compared.others()),
                found.version() + " in " + folder + ": "
                        + compared.right().size() + " right, "
                        + compared.missing().size() + " missing, "
                        + compared.changed().size() + " changed.");
        if (compared.isRight()) {
            return ExitCode.OK;
        }
        terminal.say("  Mend it: 'modelgate pull " + found.version() + " --to " + folder
                + "' brings what is missing or changed, and keeps the rest.");
        return ExitCode.INTEGRITY;
    }

    private ExitCode verifyStore(Terminal terminal, Registry registry, Resolved found) {
        SortedMap<String, Verification> files = registry.verify(found);
        files.forEach((name, state) -> {
            if (state != Verification.OK) {
                terminal.say(name + " " + state.words() + ".");
            }
        });
        long right = files.values().stream().filter(Verification.OK::equals).count();
        print(
                terminal,
                document("modelgate.io/pull-verification/v1", found)
                        .texts("right", named(files, Set.of(Verification.OK)))
                        .texts("missing", named(files, Set.of(Verification.MISSING)))
                        .texts(
                                "changed",
                                named(files, EnumSet.complementOf(EnumSet.of(Verification.OK, Verification.MISSING)))),
                found.version() + " in its store: " + right + " right, " + (files.size() - right)
                        + " missing or changed.");
        if (right == files.size()) {
            return ExitCode.OK;
        }
        terminal.say("  Mend it: 'modelgate push " + found.version()
                + " <folder>' puts them there again, from a folder that has them.");
        return ExitCode.INTEGRITY;
    }

    private static List<String> named(SortedMap<String, Verification> files, Set<Verification> states) {
        return files.entrySet().stream()
                .filter(each -> states.contains(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
