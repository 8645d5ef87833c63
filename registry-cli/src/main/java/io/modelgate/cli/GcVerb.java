package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.RegistryLocation;
import io.modelgate.audit.GarbageCollection;
import io.modelgate.audit.GarbageReport;
import io.modelgate.audit.GarbageScope;
import io.modelgate.finding.RegistryException;
import io.modelgate.report.GarbageText;
import io.modelgate.store.ByteSize;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes bytes out of stores that no version and no open proposal refers to. */
@Command(
        name = "gc",
        description =
                "Take bytes out of stores that nothing refers to: no file of any commit that a branch or another ref of the"
                        + " registry leads to, and no open proposal.",
        footer = {
            "",
            "Only looks, unless --yes and --store-is-ours are given: nothing in a store tells whether another registry keeps its"
                    + " bytes there, too. Name those that do with --shared-with. Mirrors are left alone.",
        })
final class GcVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Option(
            names = "--grace",
            paramLabel = "<age>",
            defaultValue = "7d",
            description =
                    "Leave alone what came into the store within this time, such as 36h or 30d: bytes come before their"
                            + " proposal. Default: 7d.")
    private String grace = "7d";

    @Option(
            names = "--forget-ended",
            paramLabel = "<age>",
            description =
                    "What only proposals refer to that were merged or closed longer ago than this, such as 180d, goes, too."
                            + " Otherwise it stays for as long as the host keeps their refs, which may be for ever: a closed"
                            + " proposal can be opened again.")
    private @Nullable String ended;

    @Option(names = "--store", paramLabel = "<name>", description = "Only this store; may be repeated.")
    private List<String> stores = new ArrayList<>();

    @Option(
            names = "--shared-with",
            paramLabel = "<registry>",
            description =
                    "Another registry that keeps its bytes in the same stores: what it refers to stays. May be repeated.")
    private List<String> others = new ArrayList<>();

    @Option(
            names = "--store-is-ours",
            description =
                    "You know that no registry but this one, and those of --shared-with, keeps bytes in these stores.")
    private boolean ours;

    @Option(names = "--yes", description = "Take it away without asking.")
    private boolean yes;

    @Override
    public ExitCode run(Terminal terminal) {
        GarbageScope scope = new GarbageScope(
                new LinkedHashSet<>(stores),
                Arguments.parse(grace, Age::parse),
                Optional.ofNullable(ended).map(age -> Arguments.parse(age, Age::parse)));
        if (!dryRun) {
            requireConsent();
        }
        List<Registry> sharing = new ArrayList<>();
        try (Registry registry = common.open(terminal)) {
            for (String other : others) {
                RegistryLocation location =
                        RegistryLocation.find(Optional.of(other), terminal.environment(), terminal.directory());
                sharing.add(Registry.open(location, Sessions.of(terminal, common.as())));
            }
            GarbageCollection collection = registry.garbage(sharing, scope);
            GarbageReport report = collection.find();
            Output.print(
                    terminal,
                    common.output(),
                    GarbageText.document(report, dryRun),
                    () -> GarbageText.text(report, dryRun));
            terminal.out().flush();
            if (!dryRun) {
                delete(collection, terminal);
            }
            return report.isIncomplete() ? ExitCode.ENVIRONMENT : ExitCode.OK;
        } finally {
            sharing.forEach(Registry::close);
        }
    }

    /** Says what is gone, also when something goes wrong on the way. */
    private static void delete(GarbageCollection collection, Terminal terminal) {
        long[] gone = new long[2];
        try {
            collection.delete(each -> {
                gone[0]++;
                gone[1] += each.object().size();
            });
        } finally {
            terminal.say(gone[0] + (gone[0] == 1 ? " object is gone, " : " objects are gone, ")
                    + ByteSize.words(gone[1]) + ".");
        }
    }

    private void requireConsent() {
        if (!ours) {
            throw RegistryException.usage(
                    "What another registry keeps in the same stores would be taken away, too.",
                    "Look first with --dry-run. If only this registry uses these stores, say --store-is-ours; name others that"
                            + " do with --shared-with.");
        }
        if (!yes) {
            throw RegistryException.usage(
                    "What is taken away is gone for good.", "Look first with --dry-run, then say --yes.");
        }
    }
}
