package io.modelgate.signature;

import java.time.Instant;
import java.util.Optional;

/**
 * A key that a policy trusts. Nothing in a signature proves when it was made, so all times are compared with that of the
 * judgement: a key whose time is over or that was revoked vouches for nothing any more, not for what it signed before either.
 *
 * @param id what people call it
 * @param key the public key
 * @param from when it begins to be trusted; always, when empty
 * @param until when it ends, itself not included
 * @param revoked since when, and why, it is not trusted any more
 */
public record TrustedKey(
        String id, VerificationKey key, Optional<Instant> from, Optional<Instant> until, Optional<Revocation> revoked) {
    /**
     * Why a key is not trusted any more.
     *
     * @param since when that begins
     * @param reason such as {@code laptop stolen}
     */
    public record Revocation(Instant since, String reason) {}

    public TrustedKey {
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new IllegalArgumentException("the time of the key " + id + " ends before it begins");
        }
    }

    /** Why the key is not trusted at this time; empty when it is. */
    public Optional<String> distrust(Instant now) {
        Optional<Revocation> over = revoked.filter(each -> !now.isBefore(each.since()));
        if (over.isPresent()) {
            return Optional.of(
                    "was revoked on " + over.get().since() + ": " + over.get().reason());
        }
        if (from.filter(now::isBefore).isPresent()) {
            return Optional.of("is not trusted before " + from.get());
        }
        return until.filter(each -> !now.isBefore(each)).map(each -> "is not trusted since " + each);
    }
}
