package io.jenkins.plugins.modelgate;

import io.modelgate.deploy.Order;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a step handed to a target, and is live there. */
public final class DeployedModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final String version;
    private final String stage;
    private final String target;
    private final String digest;

    private DeployedModel(String model, String version, String stage, String target, String digest) {
        this.model = model;
        this.version = version;
        this.stage = stage;
        this.target = target;
        this.digest = digest;
    }

    static DeployedModel of(Order order) {
        return new DeployedModel(
                order.pointer().model().toString(),
                order.version().version().toString(),
                order.target().stage().toString(),
                order.target().name(),
                order.pointer().target().artifacts().toString());
    }

    /** {@code namespace/name}. */
    @Whitelisted
    public String getModel() {
        return model;
    }

    /** The version alone, such as {@code 1.4.0}. */
    @Whitelisted
    public String getVersion() {
        return version;
    }

    /** {@code namespace/name@version}, as other steps take it. */
    @Whitelisted
    public String getRef() {
        return model + "@" + version;
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

    /** Root digest of its files, {@code sha256:…}. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    @Override
    public String toString() {
        return getRef() + " on " + target;
    }
}
