package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RegistryAddressTest {
    @Test
    void knowsARepositoryByAnyOfItsAddresses() {
        assertSame("https://git.acme.example/acme/models.git", "git@git.acme.example:acme/models");
        assertSame("https://git.acme.example/acme/models.git", "ssh://git@Git.Acme.Example:2222/acme/models.git");
        assertSame("https://bot@git.acme.example/acme/models/", "https://git.acme.example:443/acme/models.git");
        assertSame("file:///srv/models.git", "/srv/./models.git");
    }

    @Test
    void tellsRepositoriesApart() {
        assertOther("https://git.acme.example/acme/models.git", "https://git.acme.example/acme/others.git");
        assertOther("https://git.acme.example/acme/models.git", "https://git.acme.example:8443/acme/models.git");
        assertOther("https://git.acme.example/acme/models.git", "https://evil.example/acme/models.git");
        assertOther(
                "https://git.acme.example/acme/models.git", "https://git.acme.example@evil.example/acme/models.git");
        assertOther("/srv/models.git", "https://git.acme.example/srv/models.git");
        assertOther("/srv/models.git", "/srv/models");
    }

    private static void assertSame(String one, String other) {
        assertTrue(RegistryAddress.of(one).same(RegistryAddress.of(other)), one + " " + other);
    }

    private static void assertOther(String one, String other) {
        assertFalse(RegistryAddress.of(one).same(RegistryAddress.of(other)), one + " " + other);
    }
}
