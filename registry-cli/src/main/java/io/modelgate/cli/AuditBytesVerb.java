package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.audit.AuditScope;
import io.modelgate.audit.BytesReport;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Stage;
import io.modelgate.report.BytesAuditReport;
import io.modelgate.report.OutputFormat;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads the bytes of versions again, in every store and mirror. */
@Command(
        name = "bytes",
        description =
                "Read the bytes of versions again, in every store and every mirror by itself. Ends with 5 when something is"
                        + " missing or other, with 6 when a place could not be asked.")
final class AuditBytesVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(names = "--all", description = "All merged versions, not only those that are in a stage.")
    private boolean all;

    @Option(names = "--stage", paramLabel = "<stage>", description = "Only what is in this stage; may be repeated.")
    private List<String> stages = new ArrayList<>();

    @Parameters(paramLabel = "<models>", arity = "0..1", description = "Only these models, such as 'credit/*'.")
    private @Nullable String models;

    @Override
    public Set<OutputFormat> formats() {
        return EnumSet.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML, OutputFormat.MARKDOWN);
    }

    @Override
    public ExitCode run(Terminal terminal) {
        if (all && !stages.isEmpty()) {
            throw RegistryException.usage("--all is more than a stage.", "Leave one of them out.");
        }
        List<Stage> named =
                stages.stream().map(each -> Arguments.parse(each, Stage::new)).toList();
        if (models != null && !models.contains("/")) {
            throw RegistryException.usage(
                    "'" + models + "' names no models.", "Write it like 'credit/default-risk' or 'credit/*'.");
        }
        try (Registry registry = common.read(terminal)) {
            for (Stage stage : named) {
                if (!registry.catalog().stages().contains(stage)) {
                    throw RegistryException.notFound(
                            "There is no stage " + stage + ".",
                            "Known are: " + registry.catalog().stages() + ".");
                }
            }
            Optional<String> wanted = Optional.ofNullable(models);
            wanted.ifPresent(pattern -> requireModels(registry, pattern));
            BytesReport report = registry.auditBytes(new AuditScope(all, named, wanted));
            Output.print(
                    terminal,
                    common.output(),
                    BytesAuditReport.document(report),
                    () -> BytesAuditReport.text(report),
                    Map.of(OutputFormat.MARKDOWN, () -> BytesAuditReport.markdown(report)));
            if (report.isDamaged()) {
                terminal.say(
                        "Next: put the right bytes there again: 'modelgate push <model>@<version> <folder>' for a store; "
                                + "a mirror is filled by whoever runs it, by copying the store.");
            }
            return report.isDamaged() ? ExitCode.INTEGRITY : report.isIncomplete() ? ExitCode.ENVIRONMENT : ExitCode.OK;
        }
    }

    /** A misspelt name would find nothing wrong for ever. */
    private static void requireModels(Registry registry, String pattern) {
        if (registry.catalog().list(name -> name.matches(pattern)).isEmpty()) {
            throw RegistryException.notFound(
                    "There is no model " + pattern + ".", "See which there are: 'modelgate list'.");
        }
    }
}
