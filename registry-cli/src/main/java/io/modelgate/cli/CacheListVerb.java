package io.modelgate.cli;

import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.report.Table;
import io.modelgate.store.ArtifactCache;
import io.modelgate.store.ByteSize;
import io.modelgate.store.CachedObject;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what the cache has, most recently used first. */
@Command(name = "list", description = "List what the cache has, most recently used first.")
final class CacheListVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public ExitCode run(Terminal terminal) {
        ArtifactCache cache = Sessions.artifacts(terminal);
        List<CachedObject> all = cache.list();
        long size = all.stream().mapToLong(CachedObject::size).sum();
        Node.Mapping document = new MappingBuilder()
                .text("format", "modelgate.io/cache/v1")
                .text("folder", cache.root())
                .number("limit", cache.limit())
                .number("size", size)
                .put("objects", objects(all))
                .build();
        Output.print(terminal, common.output(), document, () -> text(cache, all, size));
        return ExitCode.OK;
    }

    static Node.Sequence objects(List<CachedObject> all) {
        return MappingBuilder.sequence(all.stream()
                .map(each -> new MappingBuilder()
                        .text("digest", each.digest())
                        .number("size", each.size())
                        .text("used", each.used().truncatedTo(ChronoUnit.SECONDS))
                        .build())
                .toList());
    }

    private static List<String> text(ArtifactCache cache, List<CachedObject> all, long size) {
        List<String> lines = new ArrayList<>();
        if (!all.isEmpty()) {
            Table table = new Table("DIGEST", "SIZE", "LAST USED");
            all.forEach(each -> table.row(
                    each.digest(), ByteSize.words(each.size()), each.used().truncatedTo(ChronoUnit.SECONDS)));
            lines.addAll(table.lines(0));
        }
        lines.add(all.size() + (all.size() == 1 ? " file, " : " files, ") + ByteSize.words(size) + " of "
                + ByteSize.words(cache.limit()) + ", in " + cache.root() + ".");
        return lines;
    }
}
