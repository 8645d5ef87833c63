package io.jenkins.plugins.modelgate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.modelgate.gate.Verdict;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jenkins.model.RunAction2;

/** The page of a build that shows the verdicts its steps got: rule, finding, place and remedy. */
public final class VerdictAction implements RunAction2 {
    private final ArrayList<ShownVerdict> verdicts = new ArrayList<>();

    private transient Run<?, ?> run;

    private VerdictAction(Run<?, ?> run) {
        this.run = run;
    }

    /**
     * Shows a verdict on the page of a build, after those that it has.
     *
     * @param proposal the number of the proposal, if it is about one
     * @param page the proposal's page on the Git host; linked when it is http or https
     */
    static void add(Run<?, ?> run, Verdict verdict, OptionalInt proposal, Optional<URI> page) throws IOException {
        VerdictAction action;
        synchronized (run) {
            action = run.getAction(VerdictAction.class);
            if (action == null) {
                action = new VerdictAction(run);
                run.addAction(action);
            }
        }
        synchronized (action.verdicts) {
            action.verdicts.add(new ShownVerdict(verdict, proposal, page));
        }
        run.save();
    }

    /** The verdicts in the order in which they were given. */
    public List<ShownVerdict> getVerdicts() {
        synchronized (verdicts) {
            return List.copyOf(verdicts);
        }
    }

    /** The build that this is a page of. */
    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public void onAttached(@NonNull Run<?, ?> to) {
        run = to;
    }

    @Override
    public void onLoad(@NonNull Run<?, ?> of) {
        run = of;
    }

    @Override
    public String getIconFileName() {
        return "symbol-ribbon";
    }

    @Override
    public String getDisplayName() {
        return "Modelgate verdict";
    }

    @Override
    public String getUrlName() {
        return "modelgate";
    }
}
