package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Documents are checked against the schema of their kind. */
class DocumentsTest {
    private static final String MODEL = """
            apiVersion: modelgate.io/v1
            kind: Model
            name: credit/x
            """;

    @Test
    void checksTrustedDocumentsForTheirKindAlone() {
        SourceFile file = SourceFile.of("model.yaml", MODEL + "unknown: 1\n");
        assertThat(Documents.readTrusted(Kind.MODEL, file).ok()).isTrue();
        assertThat(Documents.read(Kind.MODEL, file).ok()).isFalse();
        assertThat(Documents.readTrusted(Kind.POLICY, file).ok()).isFalse();
    }

    @Test
    void canBeUsedByManyAtOnce() throws Exception {
        List<String> expected = messages(Kind.WAIVER, MODEL);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<String>>> results = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Kind kind = List.of(Kind.MODEL, Kind.WAIVER, Kind.REGISTRY, Kind.DEPLOYMENT_TARGET)
                        .get(i % 4);
                results.add(pool.submit(() -> messages(kind, MODEL.replace("Model", kind.word()))));
            }
            for (Future<List<String>> result : results) {
                assertThat(result.get()).isNotEmpty();
            }
            assertThat(messages(Kind.WAIVER, MODEL)).isEqualTo(expected);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void saysTheSameEveryTime() {
        assertThat(messages(Kind.MODEL, MODEL))
                .isEqualTo(messages(Kind.MODEL, MODEL))
                .isSorted();
    }

    @Test
    void stopsListingWhatIsWrongAThousandTimes() {
        StringBuilder text = new StringBuilder(MODEL);
        for (int i = 0; i < 1000; i++) {
            text.append("k").append(i).append(": 1\n");
        }
        assertThat(messages(Kind.MODEL, text.toString())).hasSizeLessThan(40);
    }

    private static List<String> messages(Kind kind, String text) {
        return Documents.read(kind, SourceFile.of("f.yaml", text)).findings().stream()
                .map(Finding::message)
                .toList();
    }
}
