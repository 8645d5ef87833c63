package io.modelgate.manifest;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * One entry of a model's lifecycle.
 *
 * @param version the version it is about
 * @param action what happens to it
 * @param date the day, UTC
 * @param reason why
 * @param by who said so
 * @param replacedBy the version to use instead
 */
public record LifecycleEntry(
        Version version,
        LifecycleAction action,
        LocalDate date,
        String reason,
        Optional<UserId> by,
        Optional<Version> replacedBy) {

    /** Reads the fields; empty, with findings noted, when something is wrong. */
    static Optional<LifecycleEntry> of(Fields fields) {
        Optional<Version> version = fields.parsed("version", Version::parse);
        Optional<LifecycleAction> action = fields.parsed("action", LifecycleAction::parse);
        Optional<LocalDate> date = fields.parsed("date", LifecycleEntry::date);
        String reason = fields.text("reason");
        Optional<UserId> by = fields.optionalParsed("by", UserId::new);
        Optional<Version> replacedBy = fields.optionalParsed("replacedBy", Version::parse);
        if (version.isEmpty() || action.isEmpty() || date.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new LifecycleEntry(version.get(), action.get(), date.get(), reason, by, replacedBy));
    }

    Node.Mapping toNode() {
        return new MappingBuilder()
                .text("version", version)
                .text("action", action)
                .text("date", date)
                .text("reason", reason)
                .text("by", by)
                .text("replacedBy", replacedBy)
                .build();
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a date like 2026-11-23", e);
        }
    }
}
