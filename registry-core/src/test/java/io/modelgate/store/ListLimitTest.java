package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ListLimitTest {
    private static final StoredObject OBJECT = new StoredObject(Digest.of("a"), 1, StoredObject.UNDATED);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final ListLimit limit = new ListLimit("Store main", 1_000, now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void givesUpAListThatIsWaitedForTooLong() {
        pass(Duration.ofHours(6));
        limit.page(1);
        pass(Duration.ofSeconds(1));

        assertThatThrownBy(() -> limit.page(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Store main is not through with its list after 6 hours");
    }

    @Test
    void doesNotCountWhatIsDoneWithTheNames() {
        for (int i = 0; i < 10; i++) {
            limit.tell(object -> pass(Duration.ofHours(5)), OBJECT);
            limit.page(1);
        }
        pass(Duration.ofHours(6).plusSeconds(1));

        assertThatThrownBy(() -> limit.page(1)).hasMessageContaining("after 6 hours");
    }
}
