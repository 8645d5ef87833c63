package io.jenkins.plugins.modelgate;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.remoting.VirtualChannel;
import io.modelgate.deploy.Commands;
import io.modelgate.finding.RegistryException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;

/** Runs programs where a workspace is, with the environment of the step. */
final class LauncherCommands implements Commands {
    private static final int SCREEN = 4_000;

    private final Launcher launcher;
    private final FilePath workspace;
    private final EnvVars environment;

    LauncherCommands(Launcher launcher, FilePath workspace, EnvVars environment) {
        this.launcher = launcher;
        this.workspace = workspace;
        this.environment = environment;
    }

    @Override
    public Ended run(List<String> command) {
        Tail output = new Tail();
        try {
            int code = launcher.launch()
                    .cmds(resolved(command))
                    .envs(environment)
                    .pwd(workspace)
                    .stdout(output)
                    .join();
            return new Ended(code, output.toString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.environment(command.get(0) + " was stopped.", "Run again.", e);
        } catch (IOException e) {
            throw RegistryException.environment(
                    command.get(0) + " cannot be started on the agent: " + e.getMessage() + ".",
                    "Install it there, or put it on the PATH.",
                    e);
        }
    }

    /** An agent looks for a program on its own PATH and not on the step's; within a container only the container can look. */
    private List<String> resolved(List<String> command) throws IOException, InterruptedException {
        String path = environment.get("PATH");
        if (path == null || launcher instanceof Launcher.DecoratedLauncher) {
            return command;
        }
        List<String> found = new ArrayList<>(command);
        found.set(0, workspace.act(new Finding(command.get(0), path)));
        return found;
    }

    private static final class Finding extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;

        private final String program;
        private final String path;

        Finding(String program, String path) {
            this.program = program;
            this.path = path;
        }

        @Override
        public String invoke(File workspace, VirtualChannel channel) {
            for (String folder : path.split(File.pathSeparator, -1)) {
                File candidate = new File(folder, program);
                if (candidate.isAbsolute() && candidate.isFile() && candidate.canExecute()) {
                    return candidate.getPath();
                }
            }
            return program;
        }
    }

    /** Keeps what came last. */
    private static final class Tail extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (count > 2 * SCREEN) {
                System.arraycopy(buf, count - SCREEN, buf, 0, SCREEN);
                count = SCREEN;
            }
        }

        @Override
        public synchronized String toString(java.nio.charset.Charset charset) {
            int start = Math.max(0, count - SCREEN);
            return new String(buf, start, count - start, charset);
        }
    }
}
