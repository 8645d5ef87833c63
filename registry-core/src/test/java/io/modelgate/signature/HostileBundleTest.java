package io.modelgate.signature;

import static io.modelgate.signature.Bundles.FILE;
import static io.modelgate.signature.Bundles.KEY;
import static io.modelgate.signature.Bundles.PAIR;
import static io.modelgate.signature.Bundles.PAYLOAD;
import static io.modelgate.signature.Bundles.base64;
import static io.modelgate.signature.Bundles.bundle;
import static io.modelgate.signature.Bundles.sign;
import static io.modelgate.signature.Bundles.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.store.FileDigest;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles by somebody who wants what they did not sign to count as signed. */
class HostileBundleTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Trust TRUST = ReferenceCasesTest.trust(KEY);
    private static final BigInteger ORDER = Curve.P_256.order();

    @Test
    void acceptsTheHonestOne() {
        assertThat(wrong(signed(PAYLOAD))).isEmpty();
    }

    @Test
    void saysWhatIsWrongInAFewWordsHoweverLongTheBundleIs() {
        String honest = signed(PAYLOAD);
        String flood = "x".repeat(3_000_000);
        for (String each : List.of(
                honest.replace("bundle.v0.3+json", flood),
                honest.replace("\"mediaType\":", "\"" + flood + "\":1,\"mediaType\":"),
                honest.replace("\"mediaType\":", "\"" + flood + "\":1,\"" + flood + "\":1,\"mediaType\":"))) {
            assertThat(wrong(each)).isNotEmpty().hasSizeLessThan(2_000);
        }
        String twice = "{\"name\":\"" + flood + "\",\"algorithm\":\"sha256\",\"digest\":\"" + "0".repeat(64) + "\"},";
        assertThat(wrong(signed(PAYLOAD.replace("\"resources\":[", "\"resources\":[" + twice + twice))))
                .isNotEmpty()
                .hasSizeLessThan(2_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "mediaType": | "mediaType":"x","mediaType": | has the key 'mediaType' twice
            "mediaType": | "media\\u0054ype":"x","mediaType": | has the key 'mediaType' twice
            "signatures":[ | "signatures":[],"signatures":[ | has the key 'signatures' twice
            "mediaType": | "MediaType":"x","mediaType": | 'MediaType' is no field of it
            "keyid":"" | "keyid":"","cert":"x" | 'dsseEnvelope.signatures[0].cert' is no field of it
            "publicKey": | "certificate":{"rawBytes":"AA=="},"publicKey": | has several of publicKey, x509CertificateChain, certificate
            bundle.v0.3+json | bundle+json;version=0.3 | 'mediaType' is 'application/vnd.dev.sigstore.bundle+json;version=0.3', must be
            application/vnd.in-toto+json | application/vnd.in-toto+JSON | 'dsseEnvelope.payloadType' is
            "tlogEntries":[]} | "tlogEntries":[]}} | is not valid JSON
            "sig":"M | "sig":" M | 'dsseEnvelope.signatures[0].sig' is not base64 as it is written
            "sig":"M | "sig":"-M | is not base64 as it is written
            "sig":"M | "sig":"=M | is not base64 as it is written
            "signatures":[ | "signatures":[{"sig":"AAAA","keyid":""}, | 'dsseEnvelope.signatures' has 2 entries, must have exactly one
            "signatures":[ | "signatures":[],"other":[ | 'dsseEnvelope.other' is no field of it
            "mediaType":" | "mediaType":1,"x":" | 'x' is no field of it
            "payloadType":"application/vnd.in-toto+json" | "payloadType":1 | 'dsseEnvelope.payloadType' is not text
            ,"payloadType":"application/vnd.in-toto+json" | ` ` | 'dsseEnvelope.payloadType' is missing
            "dsseEnvelope":{ | "dsseEnvelope":[],"x":{ | 'x' is no field of it
            "publicKey":{ | "publicKey":[],"tlogEntries":{ | has the key 'tlogEntries' twice
            "hint":" | "hint":"x | 'verificationMaterial.publicKey.hint' is not 64 lower-case hex digits
            "publicKey": | "tlog": | 'verificationMaterial.tlog' is no field of it
            "publicKey": | "timestampVerificationData": | 'verificationMaterial' has none of publicKey
            "payloadType":" | "payloadType":[],"payloadType":" | has the key 'payloadType' twice
            "payload":"e | "payload":"\\ne | 'dsseEnvelope.payload' is not base64 as it is written
            "keyid":"" | "keyid":NaN | is not valid JSON
            "keyid":"" | "keyid":"",/**/"x":1 | is not valid JSON
            """)
    void refusesWhatTwoReadersCouldTakeDifferently(String from, String to, String message) {
        String text = signed(PAYLOAD);
        assertThat(text).contains(from);
        assertThat(wrong(text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to))))
                .contains(message);
    }

    /** All of these are really signed by the trusted key. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "_type":"https://in-toto.io/Statement/v1" | "_type":"https://in-toto.io/Statement/v0.1" | '_type' is
            signature/v1.0 | signature/v2.0 | 'predicateType' is
            https://model_signing/signature/v1.0 | https://model_signing/Digests/v0.1 | before 1.0
            "subject":[ | "subject":[{"name":"n","digest":{"sha256":"00"}}, | 'subject' has 2 entries, must have exactly one
            "digest":{ | "digest":{"sha512":"00", | 'subject[0].digest.sha512' is no field of it
            "method":"files" | "method":"shards" | 'predicate.serialization.method' is 'shards', must be 'files'
            "hash_type":"sha256" | "hash_type":"blake2b" | 'predicate.serialization.hash_type' is
            "algorithm":"sha256" | "algorithm":"md5" | 'predicate.resources[0].algorithm' is 'md5', must be 'sha256'
            "allow_symlinks":false | "allow_symlinks":"no" | is neither true nor false
            ,"allow_symlinks":false | ` ` | 'predicate.serialization.allow_symlinks' is neither true nor false
            "allow_symlinks":false | "allow_symlinks":false,"ignore_paths":[""] | 'predicate.serialization.ignore_paths[0]' is not text
            "allow_symlinks":false | "allow_symlinks":false,"ignore_paths":"a" | 'predicate.serialization.ignore_paths' is no list
            "serialization":{ | "x":{ | 'predicate.x' is no field of it
            "predicate":{ | "predicate":{}, "x":{ | 'x' is no field of it
            "name":"model.onnx" | "name":"../model.onnx" | '../model.onnx' can be the name of no file
            "name":"model.onnx" | "name":"./model.onnx" | './model.onnx' can be the name of no file
            "name":"model.onnx" | "name":"a//model.onnx" | can be the name of no file
            "name":"model.onnx" | "name":"/model.onnx" | can be the name of no file
            "name":"model.onnx" | "name":"a\\\\model.onnx" | can be the name of no file
            "name":"model.onnx" | "name":"model\\u0000.onnx" | can be the name of no file
            "name":"model.onnx" | "name":"model\\ud800.onnx" | can be the name of no file
            "name":"model.onnx" | "name":"model\\u202e.onnx" | can be the name of no file
            "name":"model.onnx" | "name":"other.onnx" | model.onnx is not signed; other.onnx was signed and is not there
            "name":"model.onnx" | "name":"MODEL.onnx" | model.onnx is not signed
            "resources":[ | "resources":[{"name":"model.onnx","algorithm":"sha256","digest":"%s"}, | 'model.onnx' is listed twice
            "resources":[ | "resources":[{"name":".","algorithm":"sha256","digest":"%s"}, | '.' can be the name of no file
            "resources":[ | "resources":[],"x":[ | 'predicate.x' is no field of it
            "predicate":{ | "predicate":{"resources":[], | has the key 'resources' twice
            """)
    void refusesStatementsThatSaySomethingElse(String from, String to, String message) {
        assertThat(PAYLOAD).contains(from);
        String payload =
                PAYLOAD.replace(from, to.replace("%s", FILE.digest().hex()).replace("\\\\\\\\", "\\\\"));
        assertThat(wrong(signed(payload))).contains(message);
    }

    @Test
    void refusesARootThatTheFilesDoNotGive() {
        String root = Digest.of(FILE.digest().raw()).hex();
        assertThat(wrong(signed(PAYLOAD.replace(root, Digest.of("other").hex()))))
                .contains("but the files that it lists give");
    }

    @Test
    void takesNoIgnoredPathForAnExcuse() {
        FileDigest hidden = new FileDigest("code/run.py", Digest.of("x"), 1);
        String payload = PAYLOAD.replace("\"method\":", "\"ignore_paths\":[\"code\"],\"method\":");
        assertThat(Bundles.wrong(signed(payload), List.of(FILE, hidden), TRUST, NOW))
                .contains("code/run.py is not signed: its signer left it out");
    }

    @Test
    void tellsNamesApartThatLookTheSame() {
        String composed = "na\u00efve.onnx";
        String payload = Bundles.payload(Normalizer.normalize(composed, Normalizer.Form.NFD), FILE.digest());
        FileDigest file = new FileDigest(composed, FILE.digest(), 5);
        FileDigest second = new FileDigest("b", FILE.digest(), 5);
        assertThat(Bundles.wrong(signed(payload), List.of(file, second), TRUST, NOW))
                .contains("looks the same and is another (Unicode normalisation)");
    }

    @Test
    void takesTheNameOfOneFileForNoOtherBytes() {
        FileDigest other = new FileDigest("model.onnx", Digest.of("other"), 5);
        assertThat(Bundles.wrong(signed(Bundles.payload(".", FILE.digest())), List.of(other), TRUST, NOW))
                .contains("model.onnx was signed with other bytes");
        assertThat(Bundles.wrong(signed(Bundles.payload(".", FILE.digest())), List.of(FILE, other(2)), TRUST, NOW))
                .contains("is not signed");
        assertThat(wrong(signed(Bundles.payload(".", FILE.digest())))).isEmpty();
    }

    private static FileDigest other(int number) {
        return new FileDigest("file" + number, FILE.digest(), 5);
    }

    @Test
    void refusesASignatureOfSomethingElse() {
        byte[] good = sign(PAYLOAD.getBytes(StandardCharsets.UTF_8), "SHA256withECDSA", PAIR);
        assertThat(wrong(bundle(PAYLOAD + " ", good)))
                .contains("which did not make it, or what was signed was changed");
        assertThat(wrong(bundle(PAYLOAD, new byte[0]))).contains("'dsseEnvelope.signatures[0].sig' is not base64");
        byte[] raw = signRaw(PAYLOAD.getBytes(StandardCharsets.UTF_8));
        assertThat(wrong(bundle(PAYLOAD, raw)))
                .as("signed without the encoding of DSSE")
                .contains("did not make it");
    }

    private static byte[] signRaw(byte[] payload) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(PAIR.getPrivate());
            signature.update(payload);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA1withECDSA", "SHA384withECDSA", "SHA512withECDSA"})
    void takesNoOtherHashThanThatOfTheCurve(String algorithm) {
        assertThat(wrong(bundle(PAYLOAD, sign(PAYLOAD.getBytes(StandardCharsets.UTF_8), algorithm, PAIR))))
                .contains("did not make it");
    }

    @Test
    void takesNoSignatureOfAnotherCurve() {
        KeyPair larger = Bundles.pair("secp384r1");
        byte[] signature = sign(PAYLOAD.getBytes(StandardCharsets.UTF_8), "SHA384withECDSA", larger);
        assertThat(wrong(bundle(PAYLOAD, signature))).contains("did not make it");
    }

    @Test
    void takesNoNumbersThatEveryKeyVerifies() {
        for (BigInteger r : List.of(BigInteger.ZERO, ORDER, BigInteger.ONE)) {
            for (BigInteger s : List.of(BigInteger.ZERO, ORDER, ORDER.negate())) {
                byte[] forged = Der.element(
                        Der.SEQUENCE,
                        Der.element(Der.INTEGER, r.toByteArray()),
                        Der.element(Der.INTEGER, s.toByteArray()));
                assertThat(wrong(bundle(PAYLOAD, forged))).contains("did not make it");
            }
        }
    }

    @Test
    void takesASignatureInOneSpellingOnly() {
        byte[] good = sign(PAYLOAD.getBytes(StandardCharsets.UTF_8), "SHA256withECDSA", PAIR);
        Der numbers = new Der(new Der(good).next(Der.SEQUENCE));
        byte[] r = numbers.positive().toByteArray();
        byte[] s = numbers.positive().toByteArray();
        byte[] padded = Der.element(Der.INTEGER, new byte[] {0}, r);
        byte[] plain = Der.element(Der.INTEGER, s);
        byte[] longForm = Arrays.copyOfRange(good, 1, good.length);
        for (byte[] same : List.of(
                Der.element(Der.SEQUENCE, padded, plain),
                Arrays.copyOf(good, good.length + 1),
                Der.element(Der.SEQUENCE, Der.element(Der.INTEGER, r), plain, new byte[] {5, 0}),
                concat(new byte[] {0x30, (byte) 0x81}, longForm))) {
            assertThat(wrong(bundle(PAYLOAD, same))).contains("did not make it");
        }
        assertThat(wrong(bundle(PAYLOAD, Der.element(Der.SEQUENCE, Der.element(Der.INTEGER, r), plain))))
                .isEmpty();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void trustsNoKeyThatABundleBrings() {
        KeyPair own = Bundles.pair("secp256r1");
        String pem = VerificationKey.of(own.getPublic()).pem();
        byte[] signature = sign(PAYLOAD.getBytes(StandardCharsets.UTF_8), "SHA256withECDSA", own);
        String material = "\"publicKey\":{\"rawBytes\":\"" + base64(pem.getBytes(StandardCharsets.UTF_8))
                + "\",\"keyDetails\":\"PKIX_ECDSA_P256_SHA_256\"}";
        assertThat(wrong(bundle(material, PAYLOAD, signature))).contains("None of the trusted keys made it");
    }

    @Test
    void looksAtNoOtherKeyThanTheHintNames() {
        KeyPair other = Bundles.pair("secp256r1");
        Trust both = new Trust(
                List.of(key("one", KEY), key("two", VerificationKey.of(other.getPublic()))), Optional.empty());
        byte[] signature = sign(PAYLOAD.getBytes(StandardCharsets.UTF_8), "SHA256withECDSA", other);
        assertThat(Bundles.wrong(bundle(PAYLOAD, signature), both, NOW))
                .isEqualTo("It says that it is by the key one, which did not make it, or what was signed was changed.");
    }

    private static TrustedKey key(String id, VerificationKey key) {
        return new TrustedKey(id, key, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void bearsNoFlood() {
        String deep = "[".repeat(100_000);
        String objects = "{\"a\":".repeat(100_000);
        for (String each : List.of(deep, objects, nested(29))) {
            assertThat(wrong(signed(PAYLOAD).replace("\"tlogEntries\":[]", "\"tlogEntries\":" + each)))
                    .contains("has more than 30 levels");
        }
        assertThat(wrong(signed(PAYLOAD).replace("\"tlogEntries\":[]", "\"tlogEntries\":" + nested(28))))
                .isEmpty();
        String wide = IntStream.range(0, 600_000).mapToObj(i -> "0").collect(Collectors.joining(","));
        assertThat(wrong(signed(PAYLOAD).replace("\"tlogEntries\":[]", "\"tlogEntries\":[" + wide + "]")))
                .contains("has more than 500000 values");
        assertThat(wrong(" ".repeat(SignatureBundle.MOST_BYTES) + signed(PAYLOAD)))
                .contains("has more than 16 MiB");
        assertThat(wrong(" ".repeat(SignatureBundle.MOST_BYTES - signed(PAYLOAD).length()) + signed(PAYLOAD)))
                .isEmpty();
        assertThat(wrong(signed(PAYLOAD).replace("\"keyid\":\"\"", "\"keyid\":" + "9".repeat(5_000))))
                .contains("is not valid JSON");
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    /** In constant space for each byte, however they are used: wide characters, many names, white space. */
    @Test
    void readsTheLargestInLittleMemory() {
        int room = SignatureBundle.MOST_BYTES - 2_000;
        String names =
                IntStream.range(0, 400_000).mapToObj(i -> "\"k" + i + "\":0").collect(Collectors.joining(","));
        for (String each : List.of(
                signed(PAYLOAD).replace("\"tlogEntries\":[]", "\"tlogEntries\":\"" + "\u4e00".repeat(room / 3) + "\""),
                signed(PAYLOAD).replace("\"tlogEntries\":[]", "\"tlogEntries\":{" + names + "}"),
                bundle(" ".repeat(room / 4 * 3) + PAYLOAD, new byte[] {1}))) {
            SourceFile file = Bundles.file(each);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            SignatureBundle.read(file);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(24L * SignatureBundle.MOST_BYTES);
        }
    }

    /** Nor does the time grow with their product: 40,000 are as many as a manifest holds. */
    @Test
    void comparesManyFilesWithManyOthers() {
        List<FileDigest> there =
                IntStream.range(0, 40_000).mapToObj(HostileBundleTest::other).toList();
        List<FileDigest> signed = there.stream()
                .map(each -> new FileDigest("x/" + each.path(), each.digest(), 1))
                .toList();
        Set<String> ignored = signed.stream().map(FileDigest::path).collect(Collectors.toSet());
        SignedFiles others = SignedFiles.of("m", signed).without(ignored);
        List<String> differences = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> others.differences(there));
        assertThat(differences).hasSize(80_000);
    }

    @Test
    void listsSomeDifferencesAndCountsTheRest() {
        List<FileDigest> many =
                IntStream.range(0, 7).mapToObj(HostileBundleTest::other).toList();
        assertThat(Bundles.wrong(signed(PAYLOAD), many, TRUST, NOW))
                .contains("file4 is not signed; and 3 more.")
                .doesNotContain("file5");
        assertThat(Bundles.wrong(signed(PAYLOAD), many.subList(0, 4), TRUST, NOW))
                .endsWith("model.onnx was signed and is not there.");
    }

    @Test
    void quotesNoMoreThanPeopleRead() {
        assertThat(wrong(signed(PAYLOAD).replace("\"keyid\"", "\"" + "x".repeat(1_000_000) + "\u001b[2J\"")))
                .hasSizeLessThan(500)
                .doesNotContain("\u001b");
        assertThat(wrong(signed(PAYLOAD.replace("\"name\":\"m\"", "\"name\":\"" + "x".repeat(2_000) + "\""))))
                .contains("'subject[0].name' has more than 1024 characters");
        assertThat(wrong(signed(PAYLOAD.replace("\"name\":\"m\"", "\"name\":\"" + "x".repeat(1_024) + "\""))))
                .isEmpty();
    }

    @Test
    void readsUtf8Only() {
        byte[] wide = signed(PAYLOAD).getBytes(StandardCharsets.UTF_16);
        assertThat(SignatureBundle.read(new SourceFile("model.sig", wide))
                        .findings()
                        .get(0)
                        .message())
                .contains("the bundle is not UTF-8");
        assertThat(wrong("\ufeff" + signed(PAYLOAD))).contains("is not valid JSON");
        assertThat(wrong("[]")).contains("the bundle is no JSON object");
        assertThat(wrong("")).contains("is not valid JSON");
        assertThat(wrong(signed(PAYLOAD) + "{}")).contains("has more after its end");
    }

    private static String wrong(String text) {
        return Bundles.wrong(text, TRUST, NOW);
    }
}
