package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.UserId;
import java.util.Arrays;
import java.util.List;

/** Whether the gate that registry.yaml names is somebody on the host, and may merge there: otherwise every proposal stays open. */
public final class GateSafeguard {
    private static final String NAME = "gate";

    private GateSafeguard() {}

    /** What the host says of the gate that registry.yaml names. */
    public static Safeguard of(GitHost host, RegistryConfig config) {
        return config.host()
                .gate()
                .map(gate -> of(gate, isKnown(host, config, gate), host.safeguards()))
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

    static Safeguard of(UserId gate, boolean known, List<Safeguard> safeguards) {
        if (!known) {
            return Safeguard.missing(
                    NAME,
                    "registry.yaml names " + gate + " as the gate, and the host has no such user",
                    "Make the account, or propose another 'gate' under 'host' in registry.yaml.");
        }
        return safeguards.stream()
                .filter(safeguard -> safeguard.name().equals("merging") && safeguard.state() == Safeguard.State.HOLDS)
                .map(Safeguard::said)
                .filter(said -> Arrays.stream(said.split("[^A-Za-z0-9._-]+"))
                        .noneMatch(word -> word.equalsIgnoreCase(gate.value())))
                .findFirst()
                .map(said -> Safeguard.doubtful(
                        NAME,
                        "registry.yaml names " + gate + " as the gate, and on the host " + said,
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
