package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.RegistryRepository;
import io.modelgate.manifest.UserId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who somebody is on a local host, by the way in which the repository is set up to tell. */
public final class LocalIdentity {
    /** The variable that the forced command of an SSH key sets. */
    public static final String FORCED_USER = "MODELGATE_FORCED_USER";

    /** The variable in which users say who they are, where the registry takes their word for it. */
    public static final String DECLARED_USER = "MODELGATE_USER";

    /** The section and name of the setting in the configuration of the bare repository. */
    public static final String SECTION = "modelgate";

    /** See {@link #SECTION}. */
    public static final String NAME = "identity";

    private LocalIdentity() {}

    /** Where identity comes from. */
    public enum Mode {
        /** The account of the operating system that runs the process. */
        ACCOUNT,
        /** The SSH key: its forced command names the user. */
        FORCED_COMMAND,
        /** Whoever somebody says they are: for trying out only. */
        DECLARED;

        /** The word in configuration. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Reads the word; throws {@link IllegalArgumentException} with a message for people. */
        public static Mode parse(String word) {
            for (Mode mode : values()) {
                if (mode.word().equals(word)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException(
                    "'" + word + "' is no identity mode: account, forced-command or declared");
        }
    }

    /** How this repository tells who somebody is. */
    public static Mode mode(RegistryRepository repository) {
        try {
            return repository.setting(SECTION, NAME).map(Mode::parse).orElse(Mode.ACCOUNT);
        } catch (IllegalArgumentException e) {
            throw RegistryException.environment(
                    "The repository's setting modelgate.identity is wrong: " + e.getMessage() + ".",
                    "Mend it: 'git -C " + repository.directory() + " config modelgate.identity account'.",
                    e);
        }
    }

    /**
     * Who the user of this process is. On a copy of a registry of another machine it is who they say: that machine's hook knows
     * better, and refuses what is written under another name.
     *
     * @param declared who they say they are, if they do
     * @param account the account that runs the process
     */
    public static UserId of(
            RegistryRepository repository, Optional<String> declared, Map<String, String> environment, String account) {
        if (!repository.isDirect()) {
            return userId(declared.orElse(account));
        }
        Mode mode = mode(repository);
        String user = switch (mode) {
            case ACCOUNT -> account;
            case FORCED_COMMAND ->
                Optional.ofNullable(environment.get(FORCED_USER))
                        .orElseThrow(() -> RegistryException.environment(
                                "This registry is reached with an SSH key that names its owner, and there is none.",
                                "Use the registry over SSH.",
                                null));
            case DECLARED -> declared.orElse(account);
        };
        if (declared.isPresent() && !declared.get().equals(user)) {
            throw RegistryException.usage(
                    "You are " + user + " here; this registry does not take your word for being " + declared.get()
                            + ".",
                    "Leave out --as and MODELGATE_USER, or work as that user. To play several people while trying it out: "
                            + "'modelgate host install-hook --identity declared " + repository.directory() + "'.");
        }
        return userId(user);
    }

    private static UserId userId(String user) {
        try {
            UserId id = new UserId(user);
            if (user.endsWith(".") || user.endsWith(".lock")) {
                throw new IllegalArgumentException("'" + user + "' cannot be part of a ref name");
            }
            return id;
        } catch (IllegalArgumentException e) {
            throw RegistryException.usage(e.getMessage() + ".", "Choose another name.");
        }
    }

    /** Who pushes, as a hook sees it: what users say counts only where the registry takes their word. */
    static UserId ofPusher(RegistryRepository repository, Map<String, String> environment, String account) {
        boolean declared = mode(repository) == Mode.DECLARED;
        Optional<String> said =
                Optional.ofNullable(environment.get(DECLARED_USER)).filter(word -> declared && !word.isBlank());
        return of(repository, said, environment, account);
    }
}
