package io.modelgate.manifest;

import java.util.Optional;

/**
 * The Git host that has the registry's pull requests.
 *
 * @param kind which software it is
 * @param url its address; empty for {@code local}
 */
public record HostConfig(Kind kind, Optional<String> url) {
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
        return kind.map(present -> new HostConfig(present, url));
    }

    Node.Mapping toNode() {
        return new MappingBuilder().text("kind", kind).text("url", url).build();
    }
}
