package io.modelgate.store.http;

import java.io.IOException;
import java.util.Optional;

/** Who asks a server. What it gives is shown to the store's own server only, wherever that points. */
public interface Access {
    /** Nobody in particular. */
    Access NONE = method -> Optional.empty();

    /** What to show: the value of {@code Authorization}. */
    Optional<String> authorization(String method);

    /** All that it shows, or showed, to anybody: no words of any server may have it in them. */
    default Secrets secrets() {
        return authorization("GET").map(Secrets.NONE::andAuthorization).orElse(Secrets.NONE);
    }

    /** Is told that the server wants to know more; true when it makes sense to ask once more. */
    default boolean challenged(String method, Reply reply) throws IOException {
        return false;
    }

    /** Where that came from, as the end of a sentence: {@code the login in ~/.netrc}. Never a secret. */
    default String source() {
        return "no login";
    }

    /** What to do when the server does not let one in. */
    default String remedy() {
        return "Give it a login; docs/stores.md says how.";
    }
}
