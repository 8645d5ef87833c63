package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.Governance;
import io.modelgate.manifest.Person;
import io.modelgate.manifest.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {
    private static final Accounts ACCOUNTS = new Accounts(new Governance(
            List.of(
                    new Person(new UserId("alice"), Optional.empty(), List.of(), false, Optional.of(42L)),
                    new Person(new UserId("bob"), Optional.empty(), List.of(), false, Optional.empty())),
            Map.of(),
            Map.of(),
            Map.of()));

    @ParameterizedTest
    @CsvSource({
        "42, alice, alice",
        "42, alice-married, alice",
        "43, alice, account-43",
        "43, ALICE, account-43",
        "7, bob, bob",
        "8, dependabot[bot], dependabot-bot-",
        "9, -, account-9",
        "9, ..., account-9",
    })
    void knowsAnAccountByItsNumberFirst(long number, String login, String user) {
        assertThat(ACCOUNTS.user(number, login)).isEqualTo(new UserId(user));
    }

    @Test
    void cutsALongName() {
        assertThat(ACCOUNTS.user(7, "a".repeat(200)).value()).hasSize(64);
    }
}
