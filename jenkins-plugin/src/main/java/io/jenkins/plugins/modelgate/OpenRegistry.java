package io.jenkins.plugins.modelgate;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.Secret;
import io.modelgate.Registry;
import io.modelgate.RegistryLocation;
import io.modelgate.Session;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.store.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.springframework.security.core.Authentication;

/** Opens a registry on the controller, with credentials that the job may use. */
final class OpenRegistry {
    private OpenRegistry() {}

    /** As a job's run may, on behalf of whoever started it: its credentials are looked up in its context, and their use is recorded. */
    static Registry of(RegistrySettings settings, Run<?, ?> run) throws AbortException {
        try {
            return open(settings, login(settings, run), new BuildNotes(run), Registry::open)
                    .requestedBy(Starters.of(run, settings));
        } catch (RegistryException e) {
            throw Failure.of(e);
        }
    }

    private static Optional<StandardCredentials> login(RegistrySettings settings, Run<?, ?> run) throws AbortException {
        String id = settings.getCredentialsId();
        if (id == null) {
            return Optional.empty();
        }
        StandardCredentials found =
                CredentialsProvider.findCredentialById(id, StandardCredentials.class, run, List.of());
        if (found == null) {
            throw missing(settings);
        }
        return Optional.of(CredentialsProvider.track(run, found));
    }

    /** What a job's runs would be given, for looking on its behalf. */
    static Optional<StandardCredentials> login(RegistrySettings settings, Job<?, ?> job) throws AbortException {
        String id = settings.getCredentialsId();
        if (id == null) {
            return Optional.empty();
        }
        Authentication who = job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        Optional<StandardCredentials> found = credentials(id, job, who);
        if (found.isEmpty() && job.getACL().hasPermission2(who, CredentialsProvider.USE_ITEM)) {
            found = credentials(id, job, ACL.SYSTEM2); // as a run of somebody who may use those of the job finds them
        }
        return Optional.of(found.orElseThrow(() -> missing(settings)));
    }

    private static Optional<StandardCredentials> credentials(String id, Job<?, ?> job, Authentication who) {
        return Optional.ofNullable(CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItem(StandardCredentials.class, job, who, List.of()),
                CredentialsMatchers.withId(id)));
    }

    private static AbortException missing(RegistrySettings settings) {
        return new AbortException("This job has no credentials '" + settings.getCredentialsId()
                + "', which the registry '" + settings.getId()
                + "' wants. Give them to the job's folder, or globally.");
    }

    /** The same for the same credentials, and tells nothing of them. */
    static String mark(Optional<StandardCredentials> login) {
        return login.map(each -> Digest.of(each.getId() + "\n" + user(each).orElse("") + "\n"
                                + secret(each).orElse("") + "\n"
                                + passphrase(each).orElse(""))
                        .toString())
                .orElse("");
    }

    private static Optional<String> user(StandardCredentials login) {
        return login instanceof StandardUsernameCredentials named ? Optional.of(named.getUsername()) : Optional.empty();
    }

    /** As the administrator who configures it. */
    static Optional<StandardCredentials> system(RegistrySettings settings) {
        String id = settings.getCredentialsId();
        if (id == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(id)));
    }

    /** What cannot be opened is a RegistryException. */
    static Registry of(RegistrySettings settings, Optional<StandardCredentials> login) {
        return open(settings, login, Progress.NONE, Registry::open);
    }

    /** Only to read: it does not matter who Jenkins is. */
    static Registry toRead(RegistrySettings settings, Optional<StandardCredentials> login) {
        return open(settings, login, Progress.NONE, Registry::openToRead);
    }

    private static Registry open(
            RegistrySettings settings,
            Optional<StandardCredentials> login,
            Progress progress,
            BiFunction<RegistryLocation, Session, Registry> opening) {
        Path home = Jenkins.get().getRootDir().toPath().resolve("modelgate");
        Map<String, String> environment = new TreeMap<>();
        environment.put("HOME", home.toString());
        environment.put("MODELGATE_CREDENTIAL_HELPER", "none");
        if (settings.getHost() != null) {
            environment.put("MODELGATE_HOST", settings.getHost());
        }
        RemoteName remote = new RemoteName(settings.getLocation());
        boolean key = login.filter(SSHUserPrivateKey.class::isInstance).isPresent();
        if (key && !remote.isSsh()) {
            throw RegistryException.usage(
                    "The credentials '" + settings.getCredentialsId() + "' are an SSH key, and "
                            + settings.getLocation() + " is not reached over SSH.",
                    "Give the registry '" + settings.getId() + "' an ssh:// location, or choose a token.");
        }
        login.flatMap(OpenRegistry::secret)
                .ifPresent(secret -> environment.put(key ? "MODELGATE_SSH_KEY" : "MODELGATE_TOKEN", secret));
        login.flatMap(OpenRegistry::passphrase)
                .ifPresent(passphrase -> environment.put("MODELGATE_SSH_PASSPHRASE", passphrase));
        return opening.apply(
                new RegistryLocation(login.flatMap(OpenRegistry::user)
                        .map(user -> remote.of(user, key))
                        .orElse(settings.getLocation())),
                new Session(
                        Optional.ofNullable(settings.getUser()),
                        Clock.systemUTC(),
                        environment,
                        home.resolve("cache"),
                        progress));
    }

    private static Optional<String> secret(StandardCredentials login) {
        if (login instanceof StringCredentials token) {
            return Optional.of(token.getSecret().getPlainText());
        }
        if (login instanceof SSHUserPrivateKey key) {
            return Optional.of(String.join("\n", key.getPrivateKeys()));
        }
        return login instanceof StandardUsernamePasswordCredentials password
                ? Optional.of(password.getPassword().getPlainText())
                : Optional.empty();
    }

    private static Optional<String> passphrase(StandardCredentials login) {
        return login instanceof SSHUserPrivateKey key
                ? Optional.ofNullable(key.getPassphrase()).map(Secret::getPlainText)
                : Optional.empty();
    }
}
