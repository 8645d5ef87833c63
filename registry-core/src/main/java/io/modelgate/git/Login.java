package io.modelgate.git;

/** A name and a secret for a Git host. Never shows the secret. */
final class Login {
    private final String user;
    private final String secret;

    Login(String user, String secret) {
        this.user = user;
        this.secret = secret;
    }

    String user() {
        return user;
    }

    String secret() {
        return secret;
    }

    @Override
    public String toString() {
        return user + ":***";
    }
}
