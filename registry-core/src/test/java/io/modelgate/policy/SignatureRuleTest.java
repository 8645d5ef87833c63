package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Severity;
import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a signature rule may say, what of it is hardly meant, and how people read it. */
class SignatureRuleTest {
    private static final Path KEYS = Path.of("src/test/resources/signature/keys");
    private static final String POLICY = "signature";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            keys: [{id: a, publicKey: P256}, {id: b, publicKey: P256}] | keys: the key b is there twice; what is said of one must hold for both.
            keys: [{id: a, publicKey: P256}, {id: a, publicKey: P384}] | keys: two keys are called a.
            keys: [{id: a, publicKey: P256, from: 2027-01-01T00:00:00Z, until: 2027-01-01T00:00:00Z}] | the time of the key a ends before it begins
            keys: [{id: a, publicKey: P256, revoked: {reason: lost}}] | 'since' is missing
            keys: [{id: a, publicKey: SECRET}] | it has a block PRIVATE KEY, expected is PUBLIC KEY
            keys: [{id: a, publicKey: BOTH}] | it has 2 blocks PUBLIC KEY
            certificates: {roots: [ROOT], identities: [{email: a, dns: b}]} | identities[0] has 2, must have at most 1 key
            certificates: {roots: [ROOT], identities: [{subject: nobody}]} | subject:
            certificates: {roots: [ROOT], extendedKeyUsage: [servers]} | is servers, must be code-signing or an object identifier like 1.3.6.1.5.5.7.3.3
            certificates: {roots: [ROOT], revocation: maybe} | revocation is maybe, must be one of none, leaf, chain
            certificates: {roots: [ROOT], crls: [ROOT]} | it has a block CERTIFICATE, expected is X509 CRL
            certificates: {roots: [ROOT], afterExpiry: P40000D} | afterExpiry is negative or more than 100 years.
            certificates: {roots: [P256]} | it has a block PUBLIC KEY, expected is CERTIFICATE
            """)
    void refuses(String rule, String message) throws IOException {
        assertThat(read(rule).findings())
                .extracting(Finding::message)
                .anySatisfy(each -> assertThat(each).contains(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            keys: [{id: a, publicKey: P256, until: 2026-01-01T00:00:00Z}] | key-over | names the key a, which is not trusted since 2026-01-01T00:00:00Z. | NOTE
            keys: [{id: a, publicKey: P256, until: 2026-01-01T00:00:00Z}] | never-passes | can never pass: no key and no root in it is trusted any more. | WARN
            keys: [{id: a, publicKey: P256, revoked: {since: 2026-01-01T00:00:00Z, reason: lost}}, {id: b, publicKey: P384}] | key-over | names the key a, which was revoked on 2026-01-01T00:00:00Z: lost. | NOTE
            certificates: {roots: [ROOT]} | anybody | takes the signature of everybody who has a certificate of CN=Acme root,O=Acme. | WARN
            certificates: {roots: [ROOT], revocation: leaf} | never-passes | can never pass: it asks whether certificates were revoked, and has no list that says so. | WARN
            """)
    void doubts(String rule, String kind, String message, Severity severity) throws IOException {
        assertThat(lint(rule, Given.NOW))
                .filteredOn(each -> each.rule().equals("lint/" + kind))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.severity()).isEqualTo(severity);
                    assertThat(each.message()).isEqualTo("The rule p/x " + message);
                });
    }

    @Test
    void saysWhatToAddToARuleThatCanNeverPass() throws IOException {
        assertThat(lint("certificates: {roots: [ROOT], revocation: leaf}", Given.NOW))
                .extracting(Finding::remedy)
                .contains("Add the lists of their issuers under crls, or leave out revocation.");
        assertThat(lint("keys: [{id: a, publicKey: P256, until: 2026-01-01T00:00:00Z}]", Given.NOW))
                .extracting(Finding::remedy)
                .contains("Name a key or a root that is trusted now.")
                .doesNotContain("Correct the bound.");
    }

    @Test
    void doubtsListsAndRootsThatAreOver() throws IOException {
        String rule = "certificates: {roots: [ROOT], crls: [CRL], identities: [{email: a}]}";
        assertThat(lint(rule, Instant.parse("2027-01-01T00:00:00Z"))).isEmpty();
        assertThat(lint(rule, Instant.parse("2100-01-01T00:00:00Z")))
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("lint/list-over", "lint/root-over", "lint/never-passes");
    }

    @Test
    void doubtsNothingInKeysThatCount() throws IOException {
        assertThat(lint("keys: [{id: a, publicKey: P256, from: 2030-01-01T00:00:00Z}]", Given.NOW))
                .filteredOn(each -> each.severity() == Severity.WARN)
                .isEmpty();
        assertThat(lint("keys: [{id: a, publicKey: P256}]", Given.NOW)).isEmpty();
    }

    @Test
    void saysWhomItTrusts() {
        Requirement either = Given.policyIn(Given.RESOURCES.resolve(POLICY)).rules().stream()
                .filter(rule -> rule.id().equals("either"))
                .map(Rule::requirement)
                .findFirst()
                .orElseThrow();
        assertThat(either.bound()).isEqualTo("signed by the key release or with a trusted certificate");
        assertThat(either.details())
                .containsExactly(
                        "key release: P-256 key 5ecf2f35b552",
                        "certificates of CN=Acme root,O=Acme for email release@acme.example, subject CN=Boss,O=Acme",
                        "certificates count until their end",
                        "must be known not to be revoked: nobody");
    }

    private static List<Finding> lint(String rule, Instant now) throws IOException {
        return PolicyLint.of(
                Given.policies(read(rule).get()),
                Written.NOWHERE,
                Given.REGISTRY,
                List.of(Given.MODEL),
                now,
                new Measured());
    }

    private static Checked<Policy> read(String rule) throws IOException {
        String policy = Files.readString(Given.RESOURCES.resolve(POLICY).resolve("policy.yaml"));
        String filled = rule.replace("P256", quoted(key("sec1-p256.pub")))
                .replace("P384", quoted(key("pkcs8-p384.pub")))
                .replace("BOTH", quoted(key("sec1-p256.pub") + key("pkcs8-p384.pub")))
                .replace("SECRET", quoted(key("pkcs8-p384")))
                .replace("ROOT", quoted(block(policy, "CERTIFICATE")))
                .replace("[CRL]", "[" + quoted(block(policy, "X509 CRL")) + "]");
        SourceFile file = Given.policyFile("{stages: [prod]}", "id: x, signature: {" + filled + "}");
        return Policy.read(file);
    }

    private static String key(String name) throws IOException {
        return Files.readString(KEYS.resolve(name + ".pem"));
    }

    private static String block(String text, String label) {
        int start = text.indexOf("-----BEGIN " + label);
        String end = "-----END " + label + "-----";
        return text.substring(start, text.indexOf(end, start) + end.length())
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("\n"));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\n", "\\n") + "\"";
    }
}
