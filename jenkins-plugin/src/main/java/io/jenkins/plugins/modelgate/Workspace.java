package io.jenkins.plugins.modelgate;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.promotion.Gathering;
import io.modelgate.promotion.Hashing;
import io.modelgate.promotion.TrainingOutput;
import io.modelgate.store.Checkout;
import io.modelgate.store.FileDigest;
import io.modelgate.store.FilePatterns;
import io.modelgate.store.FileTree;
import io.modelgate.store.Progress;
import io.modelgate.store.Upload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The workspace of a build. The work is done on its agent, which asks for nothing and is given no credentials but those that the
 * build's own environment has.
 */
final class Workspace implements BuildFolder {
    private final FilePath folder;
    private final StoreLogins logins;

    Workspace(FilePath folder, StoreLogins logins) {
        this.folder = folder;
        this.logins = logins;
    }

    static Workspace of(StepContext context) throws IOException, InterruptedException {
        return new Workspace(context.get(FilePath.class), StoreLogins.of(context.get(EnvVars.class)));
    }

    @Override
    public StoreLogins logins() {
        return logins;
    }

    @Override
    public String node() {
        Computer computer = folder.toComputer();
        return computer == null || computer.getName().isEmpty() ? "The controller" : "Agent " + computer.getName();
    }

    @Override
    public Gathered gather(TrainingFiles wanted) throws IOException, InterruptedException {
        return folder.act(new Gather(wanted, System.currentTimeMillis()));
    }

    @Override
    public AgentReport upload(List<String> patterns, List<FoundFile> files, StoreAddress store)
            throws IOException, InterruptedException {
        return folder.act(new Send(patterns, files, store));
    }

    /**
     * Brings files from a store into a folder of the workspace, each verified on the way.
     *
     * @param to below the workspace
     */
    AgentReport fetch(StoreAddress store, List<FoundFile> files, String to) throws IOException, InterruptedException {
        return folder.act(new Fetch(store, files, to));
    }

    private static final class Gather extends MasterToSlaveFileCallable<Gathered> {
        private static final long serialVersionUID = 1L;

        private final TrainingFiles wanted;
        private final long now;

        Gather(TrainingFiles wanted, long now) {
            this.wanted = wanted;
            this.now = now;
        }

        @Override
        public Gathered invoke(File root, VirtualChannel channel) {
            try {
                Checked<TrainingOutput> found = Gathering.in(root.toPath(), wanted.wanted(), Instant.ofEpochMilli(now));
                return found.value()
                        .map(output -> Gathered.of(
                                found.then(each -> Hashing.of(each.files(), Progress.NONE)), output.documents()))
                        .orElseGet(() -> Gathered.nothing(AgentReport.of(found)));
            } catch (RegistryException e) {
                return Gathered.nothing(AgentReport.of(e));
            }
        }
    }

    private static final class Send extends MasterToSlaveFileCallable<AgentReport> {
        private static final long serialVersionUID = 1L;

        private final List<String> patterns;
        private final List<FoundFile> files;
        private final StoreAddress store;

        Send(List<String> patterns, List<FoundFile> files, StoreAddress store) {
            this.patterns = List.copyOf(patterns);
            this.files = List.copyOf(files);
            this.store = store;
        }

        @Override
        public AgentReport invoke(File root, VirtualChannel channel) {
            return AgentReport.of(
                    () -> FilePatterns.find(root.toPath(), patterns).then(this::upload));
        }

        private Checked<Integer> upload(FileTree tree) {
            List<Upload> uploads = files.stream()
                    .map(FoundFile::file)
                    .map(file -> new Upload(file, source(tree, file), store.destination()))
                    .toList();
            store.open().upload(uploads, Progress.NONE);
            return Checked.of(uploads.size());
        }

        private static Path source(FileTree tree, FileDigest file) {
            if (!tree.files().containsKey(file.path())) {
                throw RegistryException.conflict(
                        file.path() + " was there a moment ago, and is not any more.",
                        "Register when nothing writes into the workspace.");
            }
            return tree.file(file.path());
        }
    }

    private static final class Fetch extends MasterToSlaveFileCallable<AgentReport> {
        private static final long serialVersionUID = 1L;
        private static final int MOST_NAMES = 5;

        private final StoreAddress store;
        private final List<FoundFile> files;
        private final String to;

        Fetch(StoreAddress store, List<FoundFile> files, String to) {
            this.store = store;
            this.files = List.copyOf(files);
            this.to = to;
        }

        @Override
        public AgentReport invoke(File root, VirtualChannel channel) {
            try {
                Path folder = WorkspacePath.of(root.toPath(), to);
                Checkout.Result done = Checkout.run(
                        store.store(), files.stream().map(FoundFile::file).toList(), folder, Progress.NONE);
                return new AgentReport(lines(done), "");
            } catch (RegistryException e) {
                return store.trouble(e);
            }
        }

        private List<String> lines(Checkout.Result done) {
            String came = done.fetched().size() + (done.fetched().size() == 1 ? " file" : " files") + " fetched into "
                    + to + ", " + done.kept().size() + " kept, all verified.";
            if (done.others().isEmpty()) {
                return List.of(came);
            }
            return List.of(
                    came,
                    "warn: " + to + " also holds what is not of this version: "
                            + String.join(
                                    ", ",
                                    done.others().stream().limit(MOST_NAMES).toList())
                            + (done.others().size() > MOST_NAMES ? " and more" : "") + ".");
        }
    }
}
