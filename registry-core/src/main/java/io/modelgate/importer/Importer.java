package io.modelgate.importer;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.manifest.FindingList;
import io.modelgate.manifest.SourceFile;
import java.util.List;
import java.util.stream.Collectors;

/** Reads what another tool wrote about a model: fairness reports, evaluations and explanations. */
public final class Importer {
    private static final List<ToolImporter> TOOLS = List.of(
            new FairlearnImporter(),
            new Aif360Importer(),
            new AequitasImporter(),
            new ClarifyImporter(),
            new SklearnImporter(),
            new MlflowImporter(),
            new HuggingFaceImporter(),
            new ShapImporter());

    private Importer() {}

    /**
     * Reads a file of a tool. All that is wrong is a finding, whatever the bytes; a file with a row per person is refused.
     * The documents are as good as read from the registry: metrics are computed again wherever counts are known.
     */
    public static Checked<Imported> read(ImportTool tool, SourceFile file, ImportContext context) {
        return SourceReader.read(file).then(source -> {
            FindingList findings = new FindingList();
            PersonRows.check(source, findings);
            return findings.isEmpty() ? read(tool, source, context) : Checked.refused(findings.list());
        });
    }

    private static Checked<Imported> read(ImportTool tool, Source source, ImportContext context) {
        List<ToolImporter> found =
                TOOLS.stream().filter(each -> each.recognises(source)).toList();
        List<ToolImporter> chosen = found.stream()
                .filter(each -> tool == ImportTool.AUTO ? each.isSure(source) : each.tool() == tool)
                .toList();
        if (chosen.size() == 1) {
            return chosen.get(0).read(source, context);
        }
        if (tool == ImportTool.AUTO && found.size() == 1) {
            return Checked.refused(unsure(found.get(0).tool(), source));
        }
        return Checked.refused(
                found.isEmpty()
                        ? unknown(tool, source)
                        : Finding.block(
                                "import/other-tool",
                                source.place(),
                                "the file looks like one of " + words(found)
                                        + (tool == ImportTool.AUTO ? "" : ", not of " + tool.word()),
                                "Name the tool that wrote it."));
    }

    private static Finding unsure(ImportTool likely, Source source) {
        return Finding.block(
                "import/unnamed-tool",
                source.place(),
                "the file could be one of " + likely.word() + ", but many tools write such names and numbers",
                "If " + likely.word() + " wrote it, name it instead of auto: 'modelgate evidence import "
                        + likely.word() + " <file>'.");
    }

    private static Finding unknown(ImportTool tool, Source source) {
        String layouts = TOOLS.stream()
                .filter(each -> tool == ImportTool.AUTO || each.tool() == tool)
                .map(each -> each.tool().word() + ": " + each.layout())
                .collect(Collectors.joining("; "));
        return Finding.block(
                "import/unknown-file",
                source.place(),
                "the file has no layout that is known",
                "Give one of these. " + layouts + ".");
    }

    private static String words(List<ToolImporter> found) {
        return found.stream().map(each -> each.tool().word()).collect(Collectors.joining(" or "));
    }
}
