package io.jenkins.plugins.modelgate;

import io.modelgate.deploy.Order;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a step handed to a target, and is live there. */
public final class DeployedModel extends GivenVersion {
    private static final long serialVersionUID = 1L;

    private final String stage;
    private final String target;

    DeployedModel(Order order) {
        super(order.version(), order.pointer().target().artifacts());
        this.stage = order.target().stage().toString();
        this.target = order.target().name();
    }

    @Whitelisted
    public String getStage() {
        return stage;
    }

    /** The name of the target. */
    @Whitelisted
    public String getTarget() {
        return target;
    }

    @Override
    public String toString() {
        return getRef() + " on " + target;
    }
}
