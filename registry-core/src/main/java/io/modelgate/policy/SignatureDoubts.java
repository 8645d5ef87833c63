package io.modelgate.policy;

import io.modelgate.signature.Identity;
import io.modelgate.signature.RevocationLists;
import io.modelgate.signature.Trust;
import io.modelgate.signature.TrustedAuthority;
import io.modelgate.signature.TrustedKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is hardly meant when a rule says whose signatures count, and what it says in lines. */
final class SignatureDoubts {
    /** NIST SP 800-57 part 1, table 4: shorter keys are not to be used after 2030. */
    private static final int STRONG_RSA = 3072;

    private SignatureDoubts() {}

    static List<Doubt> of(Trust trust, Instant now) {
        List<Doubt> doubts = new ArrayList<>();
        boolean someKey = trust.keys().stream()
                .anyMatch(key -> key.distrust(now).isEmpty()
                        || key.from().filter(now::isBefore).isPresent());
        boolean someRoot = trust.authority().stream()
                .flatMap(each -> each.roots().stream())
                .anyMatch(root -> !isOver(root, now));
        if (!someKey && !someRoot) {
            doubts.add(Doubt.neverPasses(
                    "no key and no root in it is trusted any more", "Name a key or a root that is trusted now."));
        }
        trust.keys()
                .forEach(key -> key.distrust(now)
                        .ifPresent(why -> doubts.add(new Doubt(
                                "key-over",
                                "names the key " + key.id() + ", which " + why + ".",
                                "Leave it so that refusals name it, or take it out."))));
        trust.authority().ifPresent(authority -> authority(authority, now, doubts));
        return doubts;
    }

    private static void authority(TrustedAuthority authority, Instant now, List<Doubt> doubts) {
        if (authority.identities().isEmpty()) {
            doubts.add(new Doubt(
                    "anybody",
                    "takes the signature of everybody who has a certificate of " + names(authority.roots()) + ".",
                    "Name those who may sign under identities."));
        }
        authority.roots().stream()
                .filter(root -> isOver(root, now))
                .forEach(root -> doubts.add(new Doubt(
                        "root-over",
                        "trusts " + name(root) + ", which ended on "
                                + root.getNotAfter().toInstant() + ".",
                        "Take it out, or put its successor there.")));
        authority.roots().stream()
                .filter(root -> root.getPublicKey() instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() < STRONG_RSA)
                .forEach(root -> doubts.add(new Doubt(
                        "weak-key",
                        "trusts " + name(root) + ", whose RSA key has fewer than " + STRONG_RSA + " bits.",
                        "Ask its owner for a stronger one.")));
        if (authority.revocations().scope() != RevocationLists.Scope.NONE) {
            lists(authority.revocations().lists(), now, doubts);
        }
    }

    private static void lists(List<X509CRL> lists, Instant now, List<Doubt> doubts) {
        if (lists.isEmpty()) {
            doubts.add(Doubt.neverPasses(
                    "it asks whether certificates were revoked, and has no list that says so",
                    "Add the lists of their issuers under crls, or leave out revocation."));
        }
        for (X509CRL list : lists) {
            Optional<Instant> end = RevocationLists.end(list);
            if (end.filter(now::isBefore).isEmpty()) {
                doubts.add(new Doubt(
                        "list-over",
                        "has a revocation list of "
                                + list.getIssuerX500Principal().getName() + " that "
                                + end.map(when -> "ended on " + when).orElse("does not say when it ends") + ".",
                        "Put the present list there: who is on no present list is refused."));
            }
        }
    }

    static List<String> details(Trust trust) {
        List<String> lines = new ArrayList<>();
        trust.keys().forEach(key -> lines.add("key " + key.id() + ": " + key.key() + times(key)));
        trust.authority().ifPresent(authority -> {
            String who = authority.identities().stream().map(Identity::toString).collect(Collectors.joining(", "));
            lines.add("certificates of " + names(authority.roots()) + " for " + (who.isEmpty() ? "anybody" : who));
            if (!authority.purposes().isEmpty()) {
                lines.add("extended key usage: one of " + String.join(", ", authority.purposes()));
            }
            lines.add("certificates count "
                    + (authority.afterExpiry().isZero()
                            ? "until their end"
                            : authority.afterExpiry().toDays() + " days beyond their end"));
            lines.add("must be known not to be revoked: "
                    + switch (authority.revocations().scope()) {
                        case NONE -> "nobody";
                        case LEAF -> "the signer";
                        case CHAIN -> "the signer and every authority below the root";
                    });
        });
        return lines;
    }

    private static String times(TrustedKey key) {
        return key.from().map(from -> ", from " + from).orElse("")
                + key.until().map(until -> ", until " + until).orElse("")
                + key.revoked()
                        .map(each -> ", revoked since " + each.since() + ": " + each.reason())
                        .orElse("");
    }

    private static boolean isOver(X509Certificate root, Instant now) {
        return now.isAfter(root.getNotAfter().toInstant());
    }

    private static String names(List<X509Certificate> certificates) {
        return certificates.stream().map(SignatureDoubts::name).collect(Collectors.joining(", "));
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
