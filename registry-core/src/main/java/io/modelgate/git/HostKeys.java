package io.modelgate.git;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/** Which hosts' keys the user knows, as OpenSSH's files say; remembers what it last refused, so that people can compare it. */
final class HostKeys implements ServerKeyDatabase {
    private final ServerKeyDatabase files;
    private final Path usual;
    private volatile Optional<Refusal> refused = Optional.empty();

    /**
     * @param files reads {@code known_hosts}
     * @param usual that file, where the configuration names no other
     */
    HostKeys(ServerKeyDatabase files, Path usual) {
        this.files = files;
        this.usual = usual;
    }

    /**
     * A key that was not accepted.
     *
     * @param host the name that it is looked up by
     * @param type what OpenSSH calls its kind, such as {@code ssh-ed25519}
     * @param changed whether other keys of this host are known
     * @param file where the user's known keys are
     */
    record Refusal(String host, int port, String type, String fingerprint, boolean changed, String file) {}

    @Override
    public List<PublicKey> lookup(String connectAddress, InetSocketAddress remote, Configuration config) {
        return files.lookup(connectAddress, remote, config);
    }

    @Override
    public boolean accept(
            String connectAddress,
            InetSocketAddress remote,
            PublicKey key,
            Configuration config,
            @Nullable CredentialsProvider provider) {
        boolean known = files.accept(connectAddress, remote, key, config, provider);
        refused = known
                ? Optional.empty()
                : Optional.of(new Refusal(
                        host(connectAddress),
                        remote.getPort(),
                        KeyUtils.getKeyType(key),
                        KeyUtils.getFingerPrint(key),
                        !files.lookup(connectAddress, remote, config).isEmpty(),
                        file(config)));
        return known;
    }

    private String file(Configuration config) {
        List<String> named = config.getUserKnownHostsFiles(); // null where the configuration has none
        return named == null || named.isEmpty() ? usual.toString() : named.get(0);
    }

    /** What was refused at the last connection; told once, since the next connection may fail for another reason. */
    Optional<Refusal> takeRefused() {
        Optional<Refusal> taken = refused;
        refused = Optional.empty();
        return taken;
    }

    /** The name in {@code host}, {@code host:port} or {@code [host]:port}. */
    private static String host(String address) {
        int end = address.startsWith("[") ? address.indexOf(']') : -1;
        if (end > 0) {
            return address.substring(1, end);
        }
        int colon = address.indexOf(':');
        return colon > 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
    }
}
