package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteNameTest {
    @ParameterizedTest
    @CsvSource({
        "ssh://host:22/srv/r.git, ssh://git@host:22/srv/r.git",
        "git+ssh://host/r.git, git+ssh://git@host/r.git",
        "ssh://me@host/r.git, ssh://me@host/r.git",
        "host:srv/r.git, git@host:srv/r.git",
        "me@host:srv/r.git, me@host:srv/r.git",
        "https://host/r.git, https://host/r.git",
        "/srv/a:b.git, /srv/a:b.git",
        "'C:\\srv\\r.git', 'C:\\srv\\r.git'",
    })
    void namesTheUserOfAKeyOverSshAlone(String location, String named) {
        assertEquals(named, new RemoteName(location).of("git", true));
    }

    @ParameterizedTest
    @CsvSource({
        "https://host/r.git, https://me%40x@host/r.git",
        "https://you@host/r.git, https://you@host/r.git",
        "ssh://host/r.git, ssh://host/r.git",
        "host:r.git, host:r.git",
        "/srv/r.git, /srv/r.git",
    })
    void namesTheUserOfAPasswordOverHttpAlone(String location, String named) {
        assertEquals(named, new RemoteName(location).of("me@x", false));
    }
}
