package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.host.CommitPeople;
import io.modelgate.promotion.Requester;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of whatever CI jobs propose with: who started the job. */
final class RequesterOptions {
    @Option(
            names = "--requested-by",
            paramLabel = "<login>",
            description =
                    "For CI jobs: the login on the Git host of the person who started the job. Their approval does not count.")
    private List<String> logins = List.of();

    /** USAGE when somebody is named: what commits say cannot be changed any more, and the gate goes by what they say. */
    void requireNone(String change) {
        if (!logins.isEmpty()) {
            throw RegistryException.usage(
                    "'" + change + "' keeps its commits as they are, and they must say who asked for them.",
                    "Leave out --requested-by, and commit with: git commit --trailer '" + CommitPeople.REQUESTED_BY
                            + ": " + logins.get(0) + "'.");
        }
    }

    /** The same registry, for what these people asked for. */
    Registry of(Registry registry) {
        return registry.requestedBy(logins.stream().map(Requester::of).toList());
    }
}
