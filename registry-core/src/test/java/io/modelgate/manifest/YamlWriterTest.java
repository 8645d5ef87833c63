package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Documents are written the same way every time, and read back as what they were. */
class YamlWriterTest {
    @Test
    void writesSmallThingsOnOneLineAndLargeOnesInBlocks() {
        Node.Mapping model = new MappingBuilder()
                .text("name", "credit/default-risk")
                .text("description", "Two lines.\nReally.")
                .texts("owners", List.of("alice", "no"))
                .put(
                        "signature",
                        new MappingBuilder()
                                .list(
                                        "inputs",
                                        List.of(new MappingBuilder()
                                                .text("name", "y")
                                                .integers("shape", List.of(-1L, 1L))
                                                .build()))
                                .build())
                .textMap("labels", Map.of("team", "a: b"))
                .bool("bot", true)
                .number("rows", 400)
                .number("value", new BigDecimal("0.75625"))
                .build();
        assertThat(YamlWriter.write(Kind.MODEL, model)).isEqualTo("""
                        # yaml-language-server: $schema=https://modelgate.io/schemas/v1/model.schema.json
                        apiVersion: modelgate.io/v1
                        kind: Model
                        name: credit/default-risk
                        description: |-
                          Two lines.
                          Really.
                        owners: [alice, "no"]
                        signature:
                          inputs:
                            - {name: y, shape: [-1, 1]}
                        labels: {team: "a: b"}
                        bot: true
                        rows: 400
                        value: 0.75625
                        """);
    }

    @Test
    void readsBackWhateverItWrote() {
        Random random = new Random(42);
        for (int round = 0; round < 3000; round++) {
            Node.Mapping mapping = RandomNodes.mapping(random, 3);
            String written = YamlWriter.write(mapping);
            if (mapping.entries().isEmpty()) {
                continue;
            }
            Checked<Node> read = YamlReader.read(SourceFile.of("f", written));
            assertThat(read.findings().stream().filter(each -> !each.rule().equals("yaml/control-character")))
                    .as(written)
                    .isEmpty();
            if (read.ok()) {
                assertThat(BlockWriter.inline(read.get())).as(written).isEqualTo(BlockWriter.inline(mapping));
            }
            assertThat(YamlWriter.write(mapping)).isEqualTo(written);
        }
    }

    @Test
    void isReadByAnotherReaderAsTheSame() {
        Random random = new Random(43);
        Load other = new Load(LoadSettings.builder().build());
        for (int round = 0; round < 1000; round++) {
            String text = RandomNodes.text(random);
            String written =
                    YamlWriter.write(new MappingBuilder().text("a", text).build());
            assertThat(other.loadFromString(written)).as(written).isEqualTo(Map.of("a", text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E+400",
                "1E-400",
                "123456789012345678901234567890",
                "-0.1",
                "1e20",
                "1.5E+30",
                "0.000000000000000000000001"
            })
    void writesNumbersThatEveryReaderTakesForNumbers(String number) {
        BigDecimal value = new BigDecimal(number);
        String written = ScalarWriter.number(value);
        assertThat(new BigDecimal(written)).isEqualByComparingTo(value);
        assertThat(written).matches("-?[0-9]+(\\.[0-9]+)?|-?[0-9]+\\.[0-9]+E[-+][0-9]+");
    }

    @Test
    void escapesWhatCannotBeSeen() {
        assertThat(ScalarWriter.text("a\u202eb\u0000\u200b\ud800ä😀"))
                .isEqualTo("\"a\\u202eb\\u0000\\u200b\\ud800\\u00e4\\U0001f600\"");
    }
}
