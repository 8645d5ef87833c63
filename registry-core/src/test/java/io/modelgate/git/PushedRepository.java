package io.modelgate.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/** A bare copy of a repository that is fetched and pushed by the real {@code git}: what the registry accepts is what counts. */
public final class PushedRepository implements Upstream {
    /** The registry beside the copy. */
    public static final String ORIGIN = "../registry.git";

    private final GitProgram git;

    private PushedRepository(GitProgram git) {
        this.git = git;
    }

    /** Opens the bare copy in the program's folder. */
    public static RegistryRepository open(GitProgram git) {
        RegistryRepository copy = Repositories.open(git.folder());
        return new RegistryRepository(copy.jgit(), new PushedRepository(git));
    }

    @Override
    public void refresh() {
        git.line("fetch", "-q", "--prune", ORIGIN, "+refs/*:refs/*");
    }

    @Override
    public Map<String, ObjectId> everything() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PublishResult publish(List<RefChange> changes) {
        List<String> words = new ArrayList<>(List.of("push", "-q", "--atomic", "--porcelain"));
        changes.forEach(change -> words.add("--force-with-lease=" + change.ref() + ":"
                + change.expected().map(CommitId::hex).orElse("")));
        words.add(ORIGIN);
        changes.forEach(change -> words.add(change.next().map(CommitId::hex).orElse("") + ":" + change.ref()));
        GitProgram.Result result = git.run(words.toArray(String[]::new));
        refresh();
        if (result.ok()) {
            return new PublishResult.Published();
        }
        boolean lost = !result.err().contains("hook declined") || result.err().contains("Somebody else moved it");
        return lost ? new PublishResult.Lost(result.out()) : new PublishResult.Refused(result.err());
    }
}
