package io.modelgate.deploy;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Asks the address that a target names, if it names one, until it answers 200: at first often, then every 15 s. */
public final class HealthCheck {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration SELDOM = Duration.ofSeconds(15);
    private static final Duration OFTEN = Duration.ofMillis(250);

    private final Clock clock;

    public HealthCheck(Clock clock) {
        this.clock = clock;
    }

    /** Returns when it is healthy; ENVIRONMENT when it is not within the time that the target gives. */
    public void await(Order order) {
        Optional<String> address =
                order.target().setting("health").map(template -> Placeholders.fill(template, order.pointer()));
        if (address.isEmpty()) {
            return;
        }
        Duration patience = Handover.patience(order);
        Instant end = clock.instant().plus(patience);
        Duration pause = OFTEN;
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(ANSWER)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        while (true) {
            String said = ask(client, address.get());
            if (said.isEmpty()) {
                return;
            }
            if (!clock.instant().plus(pause).isBefore(end)) {
                throw RegistryException.environment(
                        order.destination() + " was not healthy within " + patience.toSeconds() + " s: " + address.get()
                                + " " + said + ".",
                        "See why; then run again. settings.healthSeconds gives it more time.",
                        null);
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(SELDOM) < 0 ? pause.multipliedBy(2) : SELDOM;
        }
    }

    /** Nothing when it is healthy, else what it says. */
    private static String ask(HttpClient client, String address) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address)).timeout(ANSWER).build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200 ? "" : "answers " + status;
        } catch (IOException e) {
            return "does not answer";
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (IllegalArgumentException e) {
            throw RegistryException.usage(address + " is no address.", "Correct settings.health of the target.");
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static RegistryException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return RegistryException.environment("Waiting for health was stopped.", "Run again.", e);
    }
}
