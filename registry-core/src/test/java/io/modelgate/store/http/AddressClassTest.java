package io.modelgate.store.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses are whose, and which login is for whom. */
class AddressClassTest {
    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, PUBLIC",
        "127.0.0.1, LOOPBACK",
        "127.255.0.9, LOOPBACK",
        "0.0.0.0, SPECIAL",
        "0.1.2.3, SPECIAL",
        "10.0.0.1, PRIVATE",
        "172.15.0.1, PUBLIC",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.1, PUBLIC",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "100.128.0.1, PUBLIC",
        "169.254.169.254, LINK_LOCAL",
        "192.0.0.192, SPECIAL",
        "198.18.0.1, SPECIAL",
        "224.0.0.1, SPECIAL",
        "255.255.255.255, SPECIAL",
        "::, SPECIAL",
        "::1, LOOPBACK",
        "fe80::1, LINK_LOCAL",
        "fd12::1, PRIVATE",
        "fec0::1, PRIVATE",
        "ff02::1, SPECIAL",
        "2001:4860:4860::8888, PUBLIC",
        "::ffff:10.0.0.1, PRIVATE",
        "::127.0.0.1, LOOPBACK",
        "64:ff9b::a9fe:a9fe, LINK_LOCAL",
        "2002:7f00:1::, LOOPBACK",
        "100::1, SPECIAL",
    })
    void knowsWhoIsThere(String address, AddressClass expected) throws IOException {
        assertThat(AddressClass.of(InetAddress.getByName(address))).isEqualTo(expected);
    }

    @Test
    void findsTheLoginOfAHostInNetrcAndNoOther(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve(".netrc"), """
                # machine models.example login no password no
                machine other.example login o password p
                macdef init
                machine models.example login no password no

                machine models.example
                  login alice
                  password "a b\\"c"
                default login d password e
                """);
        Netrc netrc = Netrc.of(Map.of(), home);
        assertThat(netrc.basic("MODELS.example")).contains("Basic YWxpY2U6YSBiImM=");
        assertThat(netrc.basic("unknown.example")).isEmpty();
        assertThat(Netrc.of(Map.of("NETRC", home.resolve("none").toString()), home)
                        .basic("models.example"))
                .isEmpty();
    }
}
