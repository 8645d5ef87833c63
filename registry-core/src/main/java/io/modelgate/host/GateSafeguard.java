package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.UserId;
import java.util.List;

/** Whether the gate that registry.yaml names is somebody on the host, and may merge there: otherwise every proposal stays open. */
public final class GateSafeguard {
    private static final String NAME = "gate";

    private GateSafeguard() {}

    /**
     * What the host says of the gate that registry.yaml names.
     *
     * @param safeguards those of the host
     */
    public static Safeguard of(GitHost host, RegistryConfig config, List<Safeguard> safeguards) {
        return config.host()
                .gate()
                .map(gate -> isKnown(host, config, gate) ? of(host, config.host(), gate, safeguards) : unknown(gate))
                .orElseGet(() -> Safeguard.doubtful(
                        NAME,
                        "registry.yaml names no gate: of two that run, each says verdicts",
                        "Propose it: 'gate: <user>' under 'host', the user that 'modelgate watch' runs as."));
    }

    private static boolean isKnown(GitHost host, RegistryConfig config, UserId gate) {
        return host.user(gate.value()).isPresent()
                || config.governance().people().stream()
                        .anyMatch(person -> person.id().equals(gate));
    }

    private static Safeguard unknown(UserId gate) {
        return Safeguard.missing(
                NAME,
                "registry.yaml names " + gate + " as the gate, and the host has no such user",
                "Make the account, or propose another 'gate' under 'host' in registry.yaml.");
    }

    private static Safeguard of(GitHost host, HostConfig config, UserId gate, List<Safeguard> safeguards) {
        return safeguards.stream()
                .filter(safeguard -> safeguard
                        .mergers()
                        .filter(mergers -> mergers.stream()
                                .noneMatch(login -> host.user(login)
                                        .map(config::isGate)
                                        .orElseGet(() -> login.equalsIgnoreCase(gate.value()))))
                        .isPresent())
                .findFirst()
                .map(safeguard -> Safeguard.doubtful(
                        NAME,
                        "registry.yaml names " + gate + " as the gate, and on the host " + safeguard.said(),
                        "Let it merge: 'modelgate doctor --fix --gate " + gate
                                + "'; or propose whoever merges as 'gate'."))
                .orElseGet(() -> Safeguard.holds(NAME, "only " + gate + " says verdicts"));
    }

    /** NOT_FOUND when nobody on the host has this login: a host would take the name, and then nobody could merge. */
    public static void requireUser(GitHost host, String login) {
        if (host.user(login).isEmpty()) {
            throw RegistryException.notFound(
                    "There is no user '" + login + "' on the host that could be the gate.",
                    "Make the account, then 'modelgate doctor --fix --gate " + login
                            + "'; or name another there and as " + "'gate' in registry.yaml.");
        }
    }
}
