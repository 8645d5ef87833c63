package io.modelgate.git;

import java.io.File;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit from starting the {@code git} program to find the system's configuration (it reads {@code /etc/gitconfig}
 * instead) and from measuring the file system in the foreground, which costs seconds on first use.
 */
final class QuietSystem extends SystemReader.Delegate {
    private static boolean installed;

    private QuietSystem(SystemReader original) {
        super(original);
    }

    static synchronized void install() {
        if (!installed) {
            installed = true;
            FS.FileStoreAttributes.setBackground(true);
            SystemReader.setInstance(new QuietSystem(SystemReader.getInstance()));
        }
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        if (getenv("GIT_CONFIG_NOSYSTEM") != null) {
            return super.openSystemConfig(parent, fs);
        }
        return new FileBasedConfig(parent, new File("/etc/gitconfig"), fs);
    }
}
