package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RootDigestTest {
    /** A signed model in the order of the OpenSSF Model Signing specification; its bundle names the root. */
    private static final List<Artifact> SIGNED = List.of(
            artifact("model.onnx", "5ccfc3cac57853a76d014a723f71096fc225d99566e1b4d2358da77a75ca77d5"),
            artifact("na\u00efve name.txt", "edd3a863872a04239eb29ad4bc12fc892b3d4ae57cc7e786a3697816f8e141c2"),
            artifact("sub-metrics.json", "09c814e39f4cb9aa5c11315c997d439a14ad2980738eee94fae8e6e5f540c8e1"),
            artifact("sub/shap-global.json", "acaf0e321528df92a2b8cfc244dd914859ae454b15e47d36d1a784bcc304ab12"));

    @Test
    void isTheRootInABundleThatFollowsTheSpecification() {
        assertThat(RootDigest.of(SIGNED))
                .hasToString("sha256:57646c664b5d51872f465030f9cc51d8a01b71d31f425168bb16df55b8d79eeb");
    }

    @Test
    void doesNotDependOnTheOrderOfTheArtifacts() {
        List<Artifact> reversed = new ArrayList<>(SIGNED);
        Collections.reverse(reversed);
        assertThat(RootDigest.of(reversed)).isEqualTo(RootDigest.of(SIGNED));
    }

    @Test
    void isTheDigestOfTheDigestForOneFile() {
        Artifact file = SIGNED.get(0);
        assertThat(RootDigest.of(List.of(file)))
                .isEqualTo(Digest.of(file.digest().raw()));
    }

    @Test
    void ordersPathsByCodePointsAndNotByUtf16() {
        String lastOfThePlane = "\uff5e";
        String beyondThePlane = "\ud83d\ude00";
        assertThat(lastOfThePlane).isGreaterThan(beyondThePlane);
        assertThat(Stream.of(beyondThePlane, lastOfThePlane, "z", "a/b", "a.b", "a-b", "a")
                        .sorted(RootDigest.PATH_ORDER))
                .containsExactly("a", "a-b", "a.b", "a/b", "z", lastOfThePlane, beyondThePlane);
    }

    private static Artifact artifact(String path, String hex) {
        return new Artifact(path, new Digest(hex), 1, Optional.empty());
    }
}
