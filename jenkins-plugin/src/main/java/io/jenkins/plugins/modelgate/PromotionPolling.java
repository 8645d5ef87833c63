package io.jenkins.plugins.modelgate;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.TaskListener;
import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.manifest.StagePointer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.util.SystemProperties;

/** Asks each registry now and then where its target branch is, once for all jobs that wait for it, and starts those it concerns. */
@Extension
public class PromotionPolling extends AsyncPeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(PromotionPolling.class.getName());
    private static final int SECONDS = SystemProperties.getInteger(PromotionPolling.class.getName() + ".seconds", 60);

    /** What was last said of a job or registry: trouble that lasts is said once. */
    private final Map<String, String> said = new ConcurrentHashMap<>();

    public PromotionPolling() {
        super("Modelgate: promotions");
    }

    static PromotionPolling get() {
        return ExtensionList.lookupSingleton(PromotionPolling.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(SECONDS);
    }

    /** A webhook that comes while it looks may tell of what it did not see any more. */
    @Override
    protected boolean queueIfAlreadyRunning() {
        return true;
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected Level getSlowLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        look();
    }

    private record Waiting(Job<?, ?> job, ModelPromotedTrigger trigger) {}

    /** Who asks which registry; jobs with the same credentials ask together. */
    private static final class Question {
        private final RegistrySettings settings;
        private final Optional<StandardCredentials> login;
        private final List<Waiting> jobs = new ArrayList<>();

        Question(RegistrySettings settings, Optional<StandardCredentials> login) {
            this.settings = settings;
            this.login = login;
        }
    }

    /** Looks once, and tells how often a registry was asked. */
    synchronized int look() {
        Map<String, Question> questions = new LinkedHashMap<>();
        for (ParameterizedJobMixIn.ParameterizedJob<?, ?> each :
                Jenkins.get().allItems(ParameterizedJobMixIn.ParameterizedJob.class)) {
            if (each instanceof Job<?, ?> job) {
                add(questions, job, each);
            }
        }
        questions.forEach(this::ask);
        return questions.size();
    }

    private void add(
            Map<String, Question> questions, Job<?, ?> job, ParameterizedJobMixIn.ParameterizedJob<?, ?> triggered) {
        try {
            Optional<ModelPromotedTrigger> found =
                    ModelPromotedTrigger.of(triggered).findFirst();
            if (found.isEmpty()) {
                return;
            }
            ModelPromotedTrigger trigger = found.get();
            RegistrySettings settings = ModelgateConfiguration.get().registry(trigger.getRegistry());
            Optional<StandardCredentials> login = OpenRegistry.login(settings, job);
            questions
                    .computeIfAbsent(
                            settings.getId() + " " + OpenRegistry.mark(login), key -> new Question(settings, login))
                    .jobs
                    .add(new Waiting(job, trigger));
            said.remove(job.getFullName());
        } catch (AbortException e) {
            warn(job.getFullName(), "No promotion starts " + job.getFullName() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            unforeseen(job, e);
        }
    }

    private void ask(String key, Question question) {
        try (Registry registry = OpenRegistry.toRead(question.settings, question.login)) {
            CommitId tip = registry.workplace().target();
            for (Waiting waiting : question.jobs) {
                tell(waiting, question, registry.workplace().repository(), tip);
            }
            said.remove(key);
        } catch (RegistryException e) {
            warn(
                    key,
                    "The registry " + question.settings.getId() + " cannot be asked for promotions: " + e.getMessage()
                            + " " + e.remedy());
        } catch (RuntimeException e) {
            warn(key, "The registry " + question.settings.getId() + " cannot be asked for promotions: " + e);
            LOGGER.log(Level.FINE, "asking for promotions", e);
        }
    }

    private void tell(Waiting waiting, Question question, RegistryRepository repository, CommitId tip) {
        Job<?, ?> job = waiting.job();
        try {
            SeenCommit seen = new SeenCommit(job, question.settings.getLocation());
            Optional<CommitId> before = seen.read();
            if (before.equals(Optional.of(tip))) {
                return;
            }
            List<StagePointer> moved = before.filter(repository::has)
                    .map(commit -> PointerMoves.between(repository, commit, tip))
                    .orElse(List.of());
            // Written first: a controller that dies here starts a job once too little, and never twice.
            seen.write(tip);
            for (StagePointer pointer : moved) {
                if (waiting.trigger().waitsFor(pointer)) {
                    start(job, pointer, tip);
                    question.login.ifPresent(login -> CredentialsProvider.track(job, login));
                }
            }
        } catch (IOException | RegistryException e) {
            warn(job.getFullName(), "No promotion starts " + job.getFullName() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            unforeseen(job, e);
        }
    }

    /** One job's trouble is not that of the others. */
    private void unforeseen(Job<?, ?> job, RuntimeException e) {
        warn(job.getFullName(), "No promotion starts " + job.getFullName() + ": " + e);
        LOGGER.log(Level.FINE, e, job::getFullName);
    }

    private static void start(Job<?, ?> job, StagePointer pointer, CommitId tip) {
        PromotionCause cause = new PromotionCause(pointer, tip);
        boolean taken =
                ParameterizedJobMixIn.scheduleBuild2(job, -1, new CauseAction(cause), new PromotedVersion(pointer, tip))
                        != null;
        LOGGER.log(
                taken ? Level.FINE : Level.INFO,
                () -> job.getFullName()
                        + (taken ? ": " : " is disabled and not started: ")
                        + cause.getShortDescription());
    }

    private void warn(String about, String what) {
        if (!what.equals(said.put(about, what))) {
            LOGGER.warning(what);
        }
    }
}
