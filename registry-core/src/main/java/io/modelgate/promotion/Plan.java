package io.modelgate.promotion;

import io.modelgate.git.CommitId;
import io.modelgate.manifest.SourceFile;
import io.modelgate.store.Upload;
import java.util.Comparator;
import java.util.List;

/**
 * What registering, promoting or rolling back would do: a value that can be printed, and applied later.
 *
 * @param title title of the proposal, one line
 * @param description text of the proposal, Markdown
 * @param branch name of the proposal's source; the same work always has the same name, so that it is proposed once
 * @param base the commit of the target branch that the plan was made for
 * @param files files to write, sorted by path
 * @param uploads artifacts whose bytes must be in a store first
 */
public record Plan(
        String title, String description, String branch, CommitId base, List<SourceFile> files, List<Upload> uploads) {
    public Plan {
        files = files.stream().sorted(Comparator.comparing(SourceFile::path)).toList();
        uploads = List.copyOf(uploads);
    }

    /** What applying would do, a line each, for {@code --dry-run}. */
    public List<String> steps() {
        List<String> steps = new java.util.ArrayList<>();
        uploads.forEach(upload -> steps.add("upload " + upload));
        files.forEach(file -> steps.add("write " + file.path() + " (" + file.size() + " bytes)"));
        steps.add("open proposal \"" + title + "\"");
        return steps;
    }
}
