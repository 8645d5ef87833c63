package io.modelgate.git;

import java.util.Optional;

/** Where a name and a secret for Git over HTTPS come from that end after a while: asked before each conversation with the host. */
@FunctionalInterface
public interface RenewedLogin {
    /** Knows nobody. */
    RenewedLogin NONE = Optional::empty;

    /** Who to be on the host now; empty where this source knows nobody. */
    Optional<HostLogin> login();
}
