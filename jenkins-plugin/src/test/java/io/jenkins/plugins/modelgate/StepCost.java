package io.jenkins.plugins.modelgate;

import hudson.FilePath;
import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.host.Proposal;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.PromotionRequest;
import io.modelgate.promotion.Submission;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Measures what a step adds to what the library does, on one warm controller: a build with the step, a build with {@code echo} in
 * its place, and the library called as the command line calls it, one after the other. It is no test and judges nothing; name it
 * to run it ({@code -Dtest=io.jenkins.plugins.modelgate.StepCost}), with {@code -Dmodelgate.rounds=25} for another number of rounds.
 */
@WithJenkins
class StepCost {
    private static final int ROUNDS = Integer.getInteger("modelgate.rounds", 25);
    private static final int WARM = Math.max(3, ROUNDS / 4);
    private static final String ALLOWED = "0.300";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;
    private WorkflowJob job;
    private int version;

    @Test
    void measure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry = new RegistryFixture(Files.createDirectory(folder.resolve("registry")));
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
        job = jenkins.createProject(WorkflowJob.class, "measured");
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        new FilePath(RegistryFixture.SAMPLES.resolve("1.0.0").toFile()).copyRecursiveTo(workspace);
        int proposal = proposed();
        registry.approve(proposal);

        System.out.printf(
                "%n%d rounds after %d, on %d processors, load average %.1f, Java %s%n",
                ROUNDS,
                WARM,
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("java.version"));
        System.out.println("| seconds, median | build with the step | build with echo | library | the step adds"
                + " | allowed | step / (echo + library) |\n|---|---|---|---|---|---|---|");
        measure("resolveModel", "resolveModel 'credit/default-risk@dev'", this::resolved);
        measure("pullModel", "node { pullModel model: 'credit/default-risk@dev', to: 'got' }", this::pulled);
        measure(
                "promoteModel",
                "promoteModel model: 'credit/default-risk@1.0.0', to: 'uat', wait: false, merge: false",
                this::proposed);
        measure("modelgate", "modelgate proposal: " + proposal, () -> judged(proposal));
        measure("deployModels", "deployModels 'dev'", this::planned);
        measure(
                "registerModel",
                number -> "node { registerModel model: 'credit/default-risk', version: '2." + number
                        + ".0', files: 'model', card: 'card.md', facts: 'facts.yaml',"
                        + " evidence: 'evaluations/*.yaml,fairness/*.yaml' }",
                this::registered);
    }

    private Object resolved() {
        try (Registry open = registry.as("jenkins")) {
            return open.catalog().resolve(ModelReference.parse("credit/default-risk@dev"));
        }
    }

    private Object pulled() {
        try (Registry open = registry.as("jenkins")) {
            return open.pull(
                    open.catalog().resolve(ModelReference.parse("credit/default-risk@dev")), folder.resolve("got"));
        }
    }

    private int proposed() {
        PromotionRequest request = new PromotionRequest(
                List.of(VersionId.parse("credit/default-risk@1.0.0")),
                new Stage("uat"),
                StagePointer.Reason.PROMOTE,
                Optional.empty());
        try (Registry open = registry.as("jenkins")) {
            Submission done =
                    open.submit(() -> open.plan(request), false).value().orElseThrow();
            return done.proposal().orElseThrow();
        }
    }

    private Object judged(int number) {
        try (Registry open = registry.as("jenkins")) {
            Proposal proposal = open.proposal(number);
            open.publish(proposal, open.judge(proposal));
            return proposal;
        }
    }

    private Object planned() {
        try (Registry open = registry.as("jenkins")) {
            return open.deploying(new Stage("dev"), "measured").plan();
        }
    }

    private Object registered() {
        try (Registry open = registry.as("jenkins")) {
            RegistryFixture.register(open, RegistryFixture.SAMPLES.resolve("1.0.0"), "3." + version + ".0");
            return open;
        }
    }

    private void measure(String name, String script, Callable<?> library) throws Exception {
        measure(name, number -> script, library);
    }

    private void measure(String name, IntFunction<String> script, Callable<?> library) throws Exception {
        boolean node = script.apply(0).startsWith("node");
        List<Double> steps = new ArrayList<>();
        List<Double> echoes = new ArrayList<>();
        List<Double> cores = new ArrayList<>();
        for (int round = -WARM; round < ROUNDS; round++) {
            version++;
            double step = build(script.apply(version));
            double echo = build(node ? "node { echo 'nothing' }" : "echo 'nothing'");
            double core = seconds(library);
            if (round >= 0) {
                steps.add(step);
                echoes.add(echo);
                cores.add(core);
            }
        }
        double step = median(steps);
        double echo = median(echoes);
        double core = median(cores);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f | %.3f | %s | %.2f |%n",
                name,
                step,
                echo,
                core,
                step - echo - core,
                ALLOWED,
                step / (echo + core));
    }

    private double build(String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return seconds(
                () -> jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0).get()));
    }

    private static double seconds(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
