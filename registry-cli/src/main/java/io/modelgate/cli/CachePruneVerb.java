package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.store.ArtifactCache;
import io.modelgate.store.ByteSize;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes files out of the cache, least recently used first. */
@Command(
        name = "prune",
        description =
                "Take files out of the cache, least recently used first, and never those that a running pull needs.")
final class CachePruneVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--to",
            paramLabel = "<size>",
            description =
                    "Until no more than this is left, such as 5GiB. Default: the limit, " + ArtifactCache.SIZE + ".")
    private @Nullable String size;

    @Option(names = "--all", description = "Everything.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Override
    public ExitCode run(Terminal terminal) {
        if (all && size != null) {
            throw RegistryException.usage("--all leaves nothing, and --to does.", "Leave one of them out.");
        }
        ArtifactCache cache = Sessions.artifacts(terminal);
        long most = all ? 0 : size == null ? cache.limit() : Arguments.parse(size, ByteSize::parse);
        ArtifactCache.Pruned pruned = cache.prune(most, dryRun);
        Node.Mapping document = new MappingBuilder()
                .text("format", "modelgate.io/cache-prune/v1")
                .text("folder", cache.root())
                .bool("dryRun", dryRun)
                .number("freed", pruned.bytes())
                .number("left", pruned.left())
                .number("inUse", pruned.inUse())
                .put("removed", CacheListVerb.objects(pruned.removed()))
                .build();
        Output.print(terminal, common.output(), document, () -> List.of(text(pruned)));
        return ExitCode.OK;
    }

    private String text(ArtifactCache.Pruned pruned) {
        int files = pruned.removed().size();
        return files + (files == 1 ? " file" : " files") + (dryRun ? " would go" : " gone") + ", "
                + ByteSize.words(pruned.bytes()) + "; " + ByteSize.words(pruned.left())
                + (dryRun ? " would be left" : " left")
                + (pruned.inUse() > 0 ? "; " + pruned.inUse() + " stay since a pull needs them now." : ".");
    }
}
