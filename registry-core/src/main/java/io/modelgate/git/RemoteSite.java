package io.modelgate.git;

import java.net.URI;
import java.util.Optional;

/** Where a registry is on the network: the host, and the path of the repository there. */
public final class RemoteSite {
    private final RemoteAddress address;

    private RemoteSite(RemoteAddress address) {
        this.address = address;
    }

    /** Reads an address as {@code git clone} takes it; USAGE when it is none that may be used. */
    public static RemoteSite of(String address) {
        return new RemoteSite(RemoteAddress.parse(address));
    }

    /** The name of the host; empty for a path of this machine. */
    public Optional<String> host() {
        return Optional.ofNullable(address.uri().getHost()).filter(name -> !name.isEmpty());
    }

    /** The path of the repository, without slashes around it and without {@code .git}. */
    public String path() {
        return address.uri().getPath().replaceAll("^/+|/+$", "").replaceAll("\\.git$", "");
    }

    /** The start of its address when it is reached over HTTP, such as {@code https://git.acme.example:8443}. */
    public Optional<URI> origin() {
        if (!address.isHttp()) {
            return Optional.empty();
        }
        int port = address.uri().getPort();
        return host().map(name -> URI.create(address.uri().getScheme() + "://" + name + (port > 0 ? ":" + port : "")));
    }

    /** Whether it is reached over HTTP on exactly this scheme, host and port. */
    public boolean isOn(URI other) {
        return origin().filter(own -> own.getScheme().equals(other.getScheme())
                        && own.getHost().equalsIgnoreCase(other.getHost())
                        && own.getPort() == other.getPort())
                .isPresent();
    }

    Optional<Login> login() {
        return address.login();
    }

    /** The address without secrets. */
    @Override
    public String toString() {
        return address.toString();
    }
}
