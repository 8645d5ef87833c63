package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a name, a version, a digest, a user id, and what is not. */
class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"credit/default-risk", "a/b", "0/9", "a-b/c--d"})
    void readsModelNames(String text) {
        assertThat(ModelName.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "/", "a/", "/a", "a/b/c", "A/b", "a/-b", "a/b-", "a /b", "a/b\n", "ä/b", "a/..", "a/b.c",
                "a_b/c"
            })
    void refusesOtherModelNames(String text) {
        assertThatThrownBy(() -> ModelName.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limitsNamesTo63Characters() {
        assertThat(new Stage("a".repeat(63)).name()).hasSize(63);
        assertThatThrownBy(() -> new Stage("a".repeat(64))).hasMessageContaining("at most 63");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0", "1.4.0", "1.0.0-rc.1", "1.0.0-0a", "1.0.0--", "10.20.30-alpha.beta.1"})
    void readsVersions(String text) {
        assertThat(Version.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.0",
                "v1.0.0",
                "1.0.0+build",
                "01.0.0",
                "1.0.0-01",
                "1.0.0-",
                "1.0.0-a..b",
                "1.0.0 ",
                "1.0.0\n",
                "1.0.0-ä",
                "-1.0.0",
                "1.0.0.0",
                "latest"
            })
    void refusesOtherVersions(String text) {
        assertThatThrownBy(() -> Version.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersVersionsBySemanticVersioning() {
        List<String> order = List.of(
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.2.0",
                "1.10.0",
                "2.0.0");
        assertThat(order.stream()
                        .sorted(java.util.Comparator.reverseOrder())
                        .map(Version::parse)
                        .sorted()
                        .map(Version::toString))
                .containsExactlyElementsOf(order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999.0.0", "1.0.0-99999999999999999999"})
    void neverFailsOnLargeNumbers(String text) {
        assertThat(Stream.of(text).map(NamesTest::outcome)).doesNotContain("broken");
    }

    @Test
    void readsVersionIds() {
        assertThat(VersionId.parse("credit/default-risk@1.4.0-rc.1")).hasToString("credit/default-risk@1.4.0-rc.1");
        assertThatThrownBy(() -> VersionId.parse("credit/default-risk"))
                .hasMessageContaining("write namespace/name@1.4.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:",
                "sha512:00",
                "9f86",
                "SHA256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "sha256:9F86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            })
    void refusesOtherDigests(String text) {
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheDigestOfNothing() {
        assertThat(Digest.of(""))
                .hasToString("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Digest.ofRaw(Digest.of("a").raw())).isEqualTo(Digest.of("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "-a", "a..b", "a.", "a.lock", "a/b", "a b", "a\n", "ä", "a@b"})
    void refusesOtherUserIds(String text) {
        assertThatThrownBy(() -> new UserId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "purpsoe,purpose",
        "Purpose,purpose",
        "fairnes,fairness",
        "rollbak,rollback",
        "xyz,",
        "p,",
        "risk_tier,riskTier"
    })
    void suggestsTheNearestWord(String word, String expected) {
        List<String> known = List.of("purpose", "fairness", "rollback", "riskTier");
        assertThat(Suggestion.nearest(word, known).orElse(null)).isEqualTo(expected);
    }

    @Test
    void suggestsNothingForAWordTooLongToBeOne() {
        assertThat(Suggestion.nearest("x".repeat(1_000_000), List.of("x".repeat(1_000))))
                .isEmpty();
    }

    private static String outcome(String text) {
        try {
            return Version.parse(text).toString();
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }
}
