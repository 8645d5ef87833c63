package io.modelgate.manifest;

import java.util.List;
import java.util.Optional;

/**
 * A user of the Git host.
 *
 * @param id the user id there
 * @param name the display name
 * @param emails the addresses in this person's commits, compared without case
 * @param bot whether it is a machine, whose approval counts for nothing
 * @param account the number of the account there: it stays when a user is renamed, and nobody else ever gets it
 */
public record Person(UserId id, Optional<String> name, List<String> emails, boolean bot, Optional<Long> account) {
    public Person {
        emails = List.copyOf(emails);
    }

    /** Whether this is one of the person's addresses. */
    public boolean hasEmail(String email) {
        return emails.stream().anyMatch(email::equalsIgnoreCase);
    }

    static Optional<Person> of(Fields fields) {
        Optional<UserId> id = fields.parsed("id", UserId::new);
        Optional<String> name = fields.optionalText("name");
        List<String> emails = fields.texts("emails");
        boolean bot = fields.bool("bot", false);
        Optional<Long> account = fields.optionalInteger("account");
        return id.map(present -> new Person(present, name, emails, bot, account));
    }

    Node.Mapping toNode() {
        MappingBuilder node =
                new MappingBuilder().text("id", id).text("name", name).texts("emails", emails);
        account.ifPresent(number -> node.number("account", number));
        return bot ? node.bool("bot", true).build() : node.build();
    }
}
