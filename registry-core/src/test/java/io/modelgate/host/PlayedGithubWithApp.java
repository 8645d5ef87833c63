package io.modelgate.host;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A played GitHub where an App is installed, whose tokens end after an hour (docs.github.com, REST API, "Apps"). */
final class PlayedGithubWithApp extends PlayedGithub {
    static final String BOT = "modelgate[bot]";
    private static final String APP = "the App itself";

    private final Clock clock;
    private Instant end = Instant.EPOCH;
    private int tokens;

    PlayedGithubWithApp(Path folder, Clock clock) {
        super(folder);
        this.clock = clock;
    }

    /** How many tokens were given. */
    synchronized int tokens() {
        return tokens;
    }

    /** The App's own claim is a JSON Web Token; of its installation the newest token holds, until it ends. */
    @Override
    synchronized String holder(String secret) {
        if (secret.split("\\.", -1).length == 3) {
            return APP;
        }
        boolean holds = secret.equals(token()) && clock.instant().isBefore(end);
        return holds ? BOT : super.holder(secret);
    }

    private String token() {
        return "ghs_" + tokens;
    }

    @Override
    Reply api(Ask ask) {
        if (!ask.user().equals(APP)) {
            return super.api(ask);
        }
        if (ask.is("GET", "/repos/acme/models/installation")) {
            return Reply.of(200, Map.of("id", 5));
        }
        if (ask.is("POST", "/app/installations/5/access_tokens")) {
            tokens++;
            end = clock.instant().plus(Duration.ofHours(1));
            return Reply.of(201, Map.of("token", token(), "expires_at", end.toString()));
        }
        if (ask.is("GET", "/app")) {
            return Reply.of(200, Map.of("slug", "modelgate"));
        }
        return Reply.of(200, Map.of("id", account(BOT), "login", BOT, "type", "Bot"));
    }
}
