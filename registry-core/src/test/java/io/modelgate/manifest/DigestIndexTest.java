package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestIndexTest {
    @Test
    void numbersDigestsInTheOrderInWhichTheyCome() {
        DigestIndex index = new DigestIndex();
        for (int i = 0; i < 20_000; i++) {
            assertThat(index.add(Digest.of("" + i))).isEqualTo(i);
        }
        for (int i = 0; i < 20_000; i++) {
            assertThat(index.add(Digest.of("" + i))).isEqualTo(i);
            assertThat(index.find(Digest.of("" + i))).isEqualTo(i);
            assertThat(index.contains(Digest.of("not " + i))).isFalse();
        }
        assertThat(index.size()).isEqualTo(20_000);
    }

    /** Whoever names files as they like can write digests that begin and end alike. */
    @Test
    void tellsDigestsApartThatCollide() {
        DigestIndex index = new DigestIndex();
        String same = "0".repeat(16);
        for (int i = 0; i < 500; i++) {
            assertThat(index.add(new Digest(same + String.format("%032x", i) + same)))
                    .isEqualTo(i);
        }
        assertThat(index.find(new Digest(same + String.format("%032x", 321) + same)))
                .isEqualTo(321);
        assertThat(index.find(new Digest("0".repeat(60) + "beef"))).isEqualTo(-1);
    }
}
