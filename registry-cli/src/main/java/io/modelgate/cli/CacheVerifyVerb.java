package io.modelgate.cli;

import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.store.ArtifactCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads everything in the cache, and throws away what is damaged. */
@Command(
        name = "verify",
        description =
                "Read everything in the cache, and throw away what is damaged. Pulls do so by themselves for what they"
                        + " use. Ends with 5 when something was.")
final class CacheVerifyVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public ExitCode run(Terminal terminal) {
        ArtifactCache cache = Sessions.artifacts(terminal);
        ArtifactCache.Verified verified =
                cache.verify(Sessions.of(terminal, Optional.empty()).progress());
        Node.Mapping document = new MappingBuilder()
                .text("format", "modelgate.io/cache-verify/v1")
                .text("folder", cache.root())
                .number("right", verified.right())
                .texts("removed", verified.removed())
                .build();
        Output.print(terminal, common.output(), document, () -> text(verified));
        return verified.removed().isEmpty() ? ExitCode.OK : ExitCode.INTEGRITY;
    }

    private static List<String> text(ArtifactCache.Verified verified) {
        List<String> lines = new ArrayList<>();
        verified.removed().forEach(each -> lines.add("damaged, thrown away: " + each));
        lines.add(verified.right() + (verified.right() == 1 ? " file is right, " : " files are right, ")
                + verified.removed().size() + " thrown away.");
        return lines;
    }
}
