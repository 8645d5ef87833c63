package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.modelgate.gate.Verdict;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import jenkins.MasterToSlaveFileCallable;

/** Writes the reports of a verdict into a folder of the workspace, and nowhere else: what is checked out there may hold links. */
final class ReportFiles extends MasterToSlaveFileCallable<Void> {
    private static final long serialVersionUID = 1L;

    private final String folder;
    private final TreeMap<String, String> texts;

    private ReportFiles(String folder, Map<String, String> texts) {
        this.folder = folder;
        this.texts = new TreeMap<>(texts);
    }

    /** That a folder may be inside a workspace. */
    static void require(String folder) throws AbortException {
        boolean inside = folder.matches("[^/\\\\:\\p{Cntrl}]+(/[^/\\\\:\\p{Cntrl}]+)*")
                && !("/" + folder + "/").matches(".*/\\.{1,2}/.*");
        if (!inside) {
            throw new AbortException("reports: '" + folder
                    + "' is no folder of the workspace. Write a relative path such as 'modelgate'.");
        }
    }

    static void write(FilePath workspace, String folder, Verdict verdict, OptionalInt proposal)
            throws IOException, InterruptedException {
        workspace.act(new ReportFiles(
                folder,
                Map.of(
                        "modelgate.xml", Report.render(verdict, OutputFormat.JUNIT, proposal),
                        "modelgate.sarif", Report.render(verdict, OutputFormat.SARIF, proposal),
                        "modelgate.md", Report.render(verdict, OutputFormat.MARKDOWN, proposal))));
    }

    @Override
    public Void invoke(File workspace, VirtualChannel channel) throws IOException {
        Path target = workspace.toPath();
        Files.createDirectories(target);
        for (String name : folder.split("/")) {
            target = target.resolve(name);
            if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                    throw new AbortException("reports: '" + folder + "' leads over '" + name
                            + "', which is no folder but a link or a file. Name another folder.");
                }
                Files.createDirectory(target);
            }
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path fresh = Files.createTempFile(target, ".modelgate", "");
            Files.write(fresh, text.getValue().getBytes(StandardCharsets.UTF_8));
            Files.move(fresh, target.resolve(text.getKey()), StandardCopyOption.REPLACE_EXISTING);
        }
        return null;
    }
}
