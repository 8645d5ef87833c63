package io.modelgate.policy;

import io.modelgate.manifest.Fields;
import io.modelgate.signature.Identity;
import io.modelgate.signature.RevocationLists;
import io.modelgate.signature.Trust;
import io.modelgate.signature.TrustedAuthority;
import io.modelgate.signature.TrustedKey;
import io.modelgate.signature.VerificationKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads from a rule whose signatures count. */
final class TrustReader {
    private static final Pattern OBJECT_ID = Pattern.compile("[0-2](\\.(0|[1-9][0-9]{0,9})){1,20}");

    private TrustReader() {}

    static Optional<Trust> read(Fields rule) {
        int before = rule.findingCount();
        List<TrustedKey> keys = rule.children("keys").stream()
                .flatMap(each -> key(each).stream())
                .toList();
        Optional<TrustedAuthority> authority =
                rule.optionalChild("certificates").flatMap(TrustReader::authority);
        if (rule.findingCount() > before) {
            return Optional.empty();
        }
        if (keys.isEmpty() && authority.isEmpty()) {
            rule.refuse("keys", "The rule trusts nobody.", "Write keys or certificates.");
            return Optional.empty();
        }
        return built(rule, "keys", () -> new Trust(keys, authority));
    }

    private static Optional<TrustedKey> key(Fields fields) {
        String id = fields.text("id");
        Optional<VerificationKey> key = fields.parsed("publicKey", VerificationKey::parse);
        Optional<TrustedKey.Revocation> revoked =
                fields.optionalChild("revoked").flatMap(TrustReader::revocation);
        return key.flatMap(read -> built(
                fields,
                "until",
                () -> new TrustedKey(
                        id, read, fields.optionalInstant("from"), fields.optionalInstant("until"), revoked)));
    }

    private static Optional<TrustedKey.Revocation> revocation(Fields fields) {
        String reason = fields.text("reason");
        if (!fields.has("since")) {
            fields.refuse("since", "'since' is missing.", "Write since when the key is not trusted.");
        }
        return fields.optionalInstant("since").map(since -> new TrustedKey.Revocation(since, reason));
    }

    private static Optional<TrustedAuthority> authority(Fields fields) {
        int before = fields.findingCount();
        List<X509Certificate> roots = certificates(fields, "roots");
        List<X509Certificate> intermediates = certificates(fields, "intermediates");
        List<Identity> identities = fields.children("identities").stream()
                .flatMap(each -> identity(each).stream())
                .toList();
        List<String> purposes = fields.parsedList("extendedKeyUsage", TrustReader::purpose);
        Optional<Duration> afterExpiry = Durations.bounded(fields, "afterExpiry");
        List<X509CRL> lists = fields.parsedList("crls", RevocationLists::list);
        RevocationLists.Scope scope = fields.optionalParsed("revocation", TrustReader::scope)
                .orElse(lists.isEmpty() ? RevocationLists.Scope.NONE : RevocationLists.Scope.CHAIN);
        return fields.findingCount() > before
                ? Optional.empty()
                : built(
                        fields,
                        "roots",
                        () -> new TrustedAuthority(
                                roots,
                                intermediates,
                                identities,
                                purposes,
                                afterExpiry.orElse(Duration.ZERO),
                                new RevocationLists(lists, scope)));
    }

    private static List<X509Certificate> certificates(Fields fields, String key) {
        return fields.parsedList(key, TrustedAuthority::certificates).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static Optional<Identity> identity(Fields fields) {
        List<Identity.Kind> there = Arrays.stream(Identity.Kind.values())
                .filter(kind -> fields.has(kind.word()))
                .toList();
        if (there.size() != 1) {
            fields.refuse("subject", "An identity is not exactly one name.", "Write subject, email, dns or uri.");
            return Optional.empty();
        }
        Identity.Kind kind = there.get(0);
        return fields.parsed(kind.word(), name -> new Identity(kind, name));
    }

    private static String purpose(String word) {
        if (word.equals("code-signing")) {
            return TrustedAuthority.CODE_SIGNING;
        }
        if (OBJECT_ID.matcher(word).matches()) {
            return word;
        }
        throw new IllegalArgumentException("'" + word + "' is neither code-signing nor an object identifier");
    }

    private static RevocationLists.Scope scope(String word) {
        return switch (word) {
            case "none" -> RevocationLists.Scope.NONE;
            case "leaf" -> RevocationLists.Scope.LEAF;
            case "chain" -> RevocationLists.Scope.CHAIN;
            default -> throw new IllegalArgumentException("'" + word + "' is none of none, leaf, chain");
        };
    }

    /** The value; what its constructor refuses is a finding. */
    private static <T> Optional<T> built(Fields fields, String key, Supplier<T> make) {
        try {
            return Optional.of(make.get());
        } catch (IllegalArgumentException e) {
            String said = String.valueOf(e.getMessage());
            fields.refuse(key, key + ": " + said + ".", "Correct the rule.");
            return Optional.empty();
        }
    }
}
