package io.modelgate.git;

import java.io.File;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit from what it does by itself when it starts: run the {@code git} program to find the system's configuration
 * (which is read from {@code /etc/gitconfig} instead), measure the file system for seconds and leave probe files in it, and
 * ask the network for the name of this machine.
 */
final class QuietSystem extends SystemReader.Delegate {
    private static boolean installed;

    private QuietSystem(SystemReader original) {
        super(original);
    }

    /** Does nothing when the program that Modelgate is a part of has set up JGit in its own way. */
    static synchronized void install() {
        if (!installed) {
            installed = true;
            FS.FileStoreAttributes.setBackground(true);
            SystemReader original = SystemReader.getInstance();
            if (original.getClass().getName().startsWith(SystemReader.class.getName() + "$")) {
                SystemReader.setInstance(new QuietSystem(original));
            }
        }
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        String named = getenv("GIT_CONFIG_SYSTEM");
        if (isSet(getenv("GIT_CONFIG_NOSYSTEM"))) {
            return new Defaults(parent, fs);
        }
        return new FileBasedConfig(parent, new File(isSet(named) ? named : "/etc/gitconfig"), fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        String named = getenv("GIT_CONFIG_GLOBAL");
        if (isSet(named)) {
            return new UserConfig(parent, new File(named), fs);
        }
        Path base = getXdgConfigDirectory(fs);
        Config below = base == null
                ? parent
                : new FileBasedConfig(
                        parent, base.resolve("git").resolve("config").toFile(), fs);
        return new UserConfig(below, new File(fs.userHome(), ".gitconfig"), fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Defaults(parent, fs);
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    /** What holds where no configuration says otherwise. No file, although JGit wants the type. */
    private static final class Defaults extends FileBasedConfig {
        Defaults(Config parent, FS fs) {
            super(parent, new File("modelgate-has-no-such-file"), fs);
            // Another process may move refs at any time: trust no cached attributes of files, not those of NFS either.
            setString("core", null, "trustStat", "after_open");
            setBoolean("core", null, "fsyncRefFiles", true);
        }

        @Override
        public void load() {
            // There is no file.
        }

        @Override
        public void save() {
            // There is no file.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }

    /**
     * The user's configuration. It says of every file system that its clock ticks every two seconds, the worst that there is:
     * then JGit measures nothing, and reads again what was changed in the last seconds, whatever the attributes say.
     */
    private static final class UserConfig extends FileBasedConfig {
        UserConfig(Config parent, File file, FS fs) {
            super(parent, file, fs);
        }

        @Override
        public @Nullable String getString(String section, @Nullable String subsection, String name) {
            return section.equals("filesystem") && name.equals("timestampResolution")
                    ? "2 seconds"
                    : super.getString(section, subsection, name);
        }
    }
}
