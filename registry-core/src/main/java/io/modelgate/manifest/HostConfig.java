package io.modelgate.manifest;

import java.util.Optional;

/**
 * The Git host that has the registry's pull requests.
 *
 * @param kind which software it is
 * @param url its address; empty for {@code local}
 * @param gate the user that the gate runs as: only it says verdicts there; whoever runs a command does when empty
 */
public record HostConfig(Kind kind, Optional<String> url, Optional<UserId> gate) {
    /** How the user of a GitHub App is called here: {@code app[bot]}. */
    private static final String APP = "-bot-";

    /** A host without a user of the gate's own. */
    public HostConfig(Kind kind, Optional<String> url) {
        this(kind, url, Optional.empty());
    }

    /** The same with a user of the gate's own. */
    public HostConfig withGate(UserId user) {
        return new HostConfig(kind, url, Optional.of(user));
    }

    /** Whether this user is the gate, or may be since none is named. Upper and lower case count as the same. */
    public boolean isGate(UserId user) {
        return gate.isEmpty()
                || gate.get().value().equalsIgnoreCase(user.value())
                || (gate.get() + APP).equalsIgnoreCase(user.value());
    }

    /** The Git hosts. */
    public enum Kind {
        LOCAL,
        GITEA,
        FORGEJO,
        GITHUB,
        GITLAB,
        BITBUCKET;

        /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
        public static Kind parse(String word) {
            return Words.parse(Kind.class, word);
        }
    }

    /** The bare repository that keeps its own proposals. */
    public static final HostConfig LOCAL = new HostConfig(Kind.LOCAL, Optional.empty());

    static Optional<HostConfig> of(Fields fields) {
        Optional<Kind> kind = fields.parsed("kind", Kind::parse);
        Optional<String> url = fields.optionalText("url");
        Optional<UserId> gate = fields.optionalParsed("gate", UserId::new);
        return kind.map(present -> new HostConfig(present, url, gate));
    }

    Node.Mapping toNode() {
        return new MappingBuilder()
                .text("kind", kind)
                .text("url", url)
                .text("gate", gate)
                .build();
    }
}
