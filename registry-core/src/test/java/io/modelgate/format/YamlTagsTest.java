package io.modelgate.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of Python in YAML, which {@code yaml.unsafe_load} obeys, in the notations that YAML has for them. */
class YamlTagsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!python/object/apply:os.getpid []\n",
                "!!python/object/apply:os.getpid",
                "a: 1\nb: [1, {c: !!python/object/new:os.getpid []}]\n",
                "{\"a\":!!python/name:os.getpid ''}\n",
                "- &x !!python/module:os.getpid ''\n",
                "!python/object/apply:os.getpid []\n",
                "!<tag:yaml.org,2002:python/object/apply:os.getpid> []\n",
                "!<tag%3Ayaml.org,2002:p%79thon/object/apply:os.getpid> []\n",
                "!!p%79thon/object/apply:os.getpid []\n",
                "%TAG ! tag:yaml.org,2002:\n---\n!python/object/apply:os.getpid []\n",
            })
    void suspectsATagOfPython(String yaml) {
        for (String name : new String[] {"conf.yaml", "conf.YML", "conf.txt"}) {
            Examined examined = examine(yaml.getBytes(UTF_8), name);

            assertThat(examined.canRunCode()).isTrue();
            assertThat(examined.calls())
                    .hasValueSatisfying(calls -> assertThat(calls).contains("os.getpid"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%TAG !p! tag:yaml.org,2002:py\n---\n!p!thon/object/apply:os.getpid []\n",
                "# a\r%TAG\t!p! tag:yaml.org,2002:python/\r---\r!p!object/apply:os.getpid []\r",
            })
    void suspectsTagsByOtherNames(String yaml) {
        assertThat(examine(yaml.getBytes(UTF_8), "conf.yaml").canRunCode()).isTrue();
    }

    @Test
    void findsATagAfterMuchElse() {
        String yaml = "a: this is a text!\n".repeat(500_000) + "b: !!python/object/apply:os.getpid []\n";

        assertThat(examine(yaml.getBytes(UTF_8), "conf.yaml").canRunCode()).isTrue();
        assertThat(examine(yaml.getBytes(UTF_8), "conf").canRunCode()).isTrue();
    }

    @Test
    void findsATagInUtf16AndBeforeWhatIsNoText() {
        String yaml = "!!python/object/apply:os.getpid []\n";

        assertThat(examine(("\ufeff" + yaml).getBytes(UTF_16LE), "conf").canRunCode())
                .isTrue();
        assertThat(examine(("\ufeff" + yaml).getBytes(UTF_16BE), "conf.yaml").canRunCode())
                .isTrue();
        assertThat(examine(("a: " + yaml + "--- 1\n\0\u0001").getBytes(ISO_8859_1), "conf")
                        .canRunCode())
                .isTrue();
        assertThat(examine(("--- " + yaml + "--- 1\n\0\u0001").getBytes(ISO_8859_1), "conf")
                        .canRunCode())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: !!str 1\nb: !Ref c\nd: !<tag:yaml.org,2002:int> 3\n",
                "python/object: 1\n",
                "a: hello!!\nb: !\n",
                "%YAML 1.2\n---\na: 100 %\n",
                "run: \"#!/usr/bin/python\"\n",
                "! python -m pip install\n",
                "%TAGS are nice\n",
                "a: '%TAG'\n",
            })
    void leavesOtherYamlAlone(String yaml) {
        assertThat(harmless(examine(yaml.getBytes(UTF_8), "conf.yaml"))).isTrue();
        assertThat(harmless(examine(yaml.getBytes(UTF_8), "conf.txt"))).isTrue();
        assertThat(harmless(examine(("\ufeff" + yaml).getBytes(UTF_16LE), "conf.txt")))
                .isTrue();
    }

    private static Examined examine(byte[] bytes, String name) {
        return Examination.of(new Sample(new MemoryBytes(bytes), name, new Limits(Budget.ofVersion()), 0))
                .examined();
    }

    private static boolean harmless(Examined examined) {
        return !examined.canRunCode() && examined.intact();
    }
}
