package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.remoting.VirtualChannel;
import io.modelgate.Registry;
import io.modelgate.deploy.FileHandover;
import io.modelgate.deploy.Handover;
import io.modelgate.deploy.HealthCheck;
import io.modelgate.deploy.KserveHandover;
import io.modelgate.deploy.Order;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.SourceFile;
import io.modelgate.store.Progress;
import io.modelgate.store.Stores;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;
import jenkins.model.Jenkins;

/** Hands an order to its target from the machine of a workspace. */
final class AgentHandover implements Handover {
    private final FilePath workspace;
    private final Launcher launcher;
    private final EnvVars environment;
    private final String into;
    private final Registry registry;

    /** @param into the folder of the workspace that rendered manifests are written to */
    AgentHandover(FilePath workspace, Launcher launcher, EnvVars environment, String into, Registry registry) {
        this.workspace = workspace;
        this.launcher = launcher;
        this.environment = environment;
        this.into = into;
        this.registry = registry;
    }

    @Override
    public void hand(Order order) {
        if (order.target().type() == DeploymentTarget.Type.FILE) {
            boolean alone = order.target().setting("files").equals(Optional.of("none"));
            StoreAddress store = alone
                    ? null
                    : StoreAddress.of(
                            registry, order.version(), order.manifest().store(), StoreLogins.of(environment));
            act(new Placing(
                    OrderParcel.of(order), store, Jenkins.get().getRootDir().getPath()));
        } else {
            new KserveHandover(
                            this::write,
                            new LauncherCommands(launcher, workspace, environment),
                            healthy -> act(new Asking(OrderParcel.of(healthy))))
                    .hand(order);
        }
    }

    private String write(SourceFile rendered) {
        act(new Writing(into + "/" + rendered.path(), rendered.bytes()));
        return workspace.child(into).child(rendered.path()).getRemote();
    }

    private void act(Work work) {
        try {
            workspace.mkdirs();
            Trouble trouble = workspace.act(work);
            if (trouble != null) {
                throw RegistryException.environment(trouble.message(), trouble.remedy(), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.environment("It was interrupted.", "Run again.", e);
        } catch (IOException e) {
            throw RegistryException.environment(
                    e instanceof AbortException ? String.valueOf(e.getMessage()) : "The agent failed: " + e + ".",
                    "See the log of the agent; then run again.",
                    e);
        }
    }

    /** Why it did not go well, without classes of libraries that remoting does not let through. */
    private record Trouble(String message, String remedy) implements java.io.Serializable {}

    /** Something done on the agent; null when it went well. */
    private abstract static class Work extends MasterToSlaveFileCallable<Trouble> {
        private static final long serialVersionUID = 1L;

        abstract void work(Path workspace) throws IOException;

        static Path inside(Path workspace, String path, String remedy) {
            try {
                return WorkspacePath.of(workspace, path);
            } catch (RegistryException e) {
                throw RegistryException.usage(String.valueOf(e.getMessage()), remedy);
            }
        }

        @Override
        public Trouble invoke(File workspace, VirtualChannel channel) throws IOException {
            try {
                work(workspace.toPath());
                return null;
            } catch (RegistryException e) {
                return new Trouble(e.getMessage(), e.remedy());
            } catch (AbortException e) {
                return new Trouble(e.getMessage(), "");
            }
        }
    }

    /** Puts the verified files into the folder of the target and waits for health. */
    private static final class Placing extends Work {
        private static final long serialVersionUID = 1L;

        private final OrderParcel parcel;
        private final StoreAddress store;
        private final String home;

        /**
         * @param store where the files are; null when the target wants none
         * @param home the home of the controller, which an agent on the same machine has too
         */
        Placing(OrderParcel parcel, StoreAddress store, String home) {
            this.parcel = parcel;
            this.store = store;
            this.home = home;
        }

        @Override
        void work(Path workspace) throws IOException {
            Order order = parcel.order();
            Path folder = Path.of(order.target().setting("folder").orElseThrow());
            if (folder.isAbsolute()) {
                requireOutsideHome(folder, order);
            } else {
                inside(
                        workspace,
                        folder + "/" + order.pointer().model() + "/"
                                + order.version().version(),
                        "Change settings.folder of the target with a proposal.");
            }
            Stores stores = store == null ? Stores.open(List.of(), Path.of("")) : store.open();
            new FileHandover(stores, workspace.toRealPath(), Progress.NONE, new HealthCheck(Clock.systemUTC()))
                    .hand(order);
        }

        /** A registry's target says where; that is never the controller's own configuration, nor around it. */
        private void requireOutsideHome(Path folder, Order order) throws IOException {
            Path kept = Path.of(home);
            if (!Files.isDirectory(kept)) {
                return; // another machine
            }
            if (!folder.equals(folder.normalize())) {
                throw new AbortException(folder + " has '..' in it. Write where it leads to.");
            }
            kept = kept.toRealPath();
            if (kept.startsWith(real(folder))) {
                throw new AbortException(folder
                        + " is or holds the home of Jenkins. Use an agent on another machine, or another folder.");
            }
            Path model = folder.resolve(order.pointer().model().namespace())
                    .resolve(order.pointer().model().name());
            for (Path written :
                    List.of(model, model.resolve(order.version().version().toString()))) {
                if (real(written).startsWith(kept)) {
                    throw new AbortException(written
                            + " is in the home of Jenkins. Use an agent on another machine, or another folder.");
                }
            }
        }

        /** Where it is or would be, links followed. */
        private static Path real(Path named) throws IOException {
            Path there = named;
            Path above = there.getParent();
            while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && above != null) {
                there = above;
                above = there.getParent();
            }
            return there.toRealPath().resolve(there.relativize(named)).normalize();
        }
    }

    /** Writes a rendered manifest, whole. */
    private static final class Writing extends Work {
        private static final long serialVersionUID = 1L;

        private final String path;
        private final byte[] content;

        Writing(String path, byte[] content) {
            this.path = path;
            this.content = content;
        }

        @Override
        void work(Path workspace) throws IOException {
            Path file = inside(workspace, path, "Write it relative, without '..': into: 'deploy'.");
            Path around = Files.createDirectories(file.resolveSibling(""));
            Path partial = Files.createTempFile(around, ".manifest", ".partial");
            try {
                Files.write(partial, content);
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        }
    }

    /** Asks the address of the target until it is healthy. */
    private static final class Asking extends Work {
        private static final long serialVersionUID = 1L;

        private final OrderParcel parcel;

        Asking(OrderParcel parcel) {
            this.parcel = parcel;
        }

        @Override
        void work(Path workspace) {
            new HealthCheck(Clock.systemUTC()).await(parcel.order());
        }
    }
}
