package io.modelgate.git;

import java.io.File;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.transport.sshd.agent.Connector;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.jspecify.annotations.Nullable;

/** Finds the ssh-agent: the one that the SSH configuration names for a host, else that of {@code SSH_AUTH_SOCK}. */
final class SshAgents implements ConnectorFactory {
    private static final String VARIABLE = "SSH_AUTH_SOCK";

    private final Map<String, String> environment;

    SshAgents(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Connector create(@Nullable String identityAgent, File homeDir) {
        String socket = identityAgent == null || identityAgent.isEmpty() || identityAgent.equals(VARIABLE)
                ? environment.getOrDefault(VARIABLE, "")
                : identityAgent;
        // Of no agent, connecting says that it is not there.
        return new SshAgentSocket(
                Path.of(socket.isEmpty() ? "no-agent" : socket).toAbsolutePath());
    }

    @Override
    public boolean isSupported() {
        return true;
    }

    @Override
    public String getName() {
        return "unix";
    }

    @Override
    public Collection<ConnectorDescriptor> getSupportedConnectors() {
        return List.of(getDefaultConnector());
    }

    @Override
    public ConnectorDescriptor getDefaultConnector() {
        return new ConnectorDescriptor() {
            @Override
            public String getIdentityAgent() {
                return VARIABLE;
            }

            @Override
            public String getDisplayName() {
                return "ssh-agent";
            }
        };
    }
}
