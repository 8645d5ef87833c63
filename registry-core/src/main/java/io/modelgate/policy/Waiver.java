package io.modelgate.policy;

import io.modelgate.finding.Checked;
import io.modelgate.manifest.Documents;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.Kind;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * A named, dated exception to one rule.
 *
 * @param id its name
 * @param rule policy and rule that it is about
 * @param model the model
 * @param version one version of it; all when empty
 * @param stage the stage
 * @param expires the last day on which it holds, in UTC
 * @param grounds why, and who approved
 */
public record Waiver(
        String id,
        RuleName rule,
        ModelName model,
        Optional<Version> version,
        Stage stage,
        LocalDate expires,
        Grounds grounds) {

    /** The rule of a policy. */
    public record RuleName(String policy, String rule) {}

    /** Why there is an exception. */
    public record Grounds(String reason, List<UserId> approvedBy) {
        public Grounds {
            approvedBy = List.copyOf(approvedBy);
            if (approvedBy.isEmpty()) {
                throw new IllegalArgumentException("a waiver names who approved it");
            }
        }
    }

    /** Reads and checks a waiver. */
    public static Checked<Waiver> read(SourceFile file) {
        return Documents.read(Kind.WAIVER, file).then(root -> of(root, file.path()));
    }

    /** Reads a waiver that was checked before it was merged. */
    public static Checked<Waiver> readTrusted(SourceFile file) {
        return Documents.readTrusted(Kind.WAIVER, file).then(root -> of(root, file.path()));
    }

    private static Checked<Waiver> of(Node.Mapping root, String path) {
        Fields fields = Fields.of(root);
        String id = fields.text("id");
        RuleName rule = new RuleName(fields.text("policy"), fields.text("rule"));
        Optional<ModelName> model = fields.parsed("model", ModelName::parse);
        Optional<Version> version = fields.optionalParsed("version", Version::parse);
        Optional<Stage> stage = fields.parsed("stage", Stage::new);
        Optional<LocalDate> expires = fields.parsed("expires", Waiver::date);
        String reason = fields.text("reason");
        List<UserId> approvedBy = fields.parsedList("approvedBy", UserId::new);
        if (RegistryPath.of(path) instanceof RegistryPath.WaiverFile file
                && !file.id().equals(id)) {
            fields.refuse("id", "id is " + id + ", but the file is named " + file.id() + ".", "Make them the same.");
        }
        return fields.build(() -> new Waiver(
                id,
                rule,
                model.orElseThrow(),
                version,
                stage.orElseThrow(),
                expires.orElseThrow(),
                new Grounds(reason, approvedBy)));
    }

    /** Whether it makes an exception for this version in this stage at this time. */
    boolean covers(String policy, Rule other, VersionId about, Stage where, Instant now) {
        return rule.equals(new RuleName(policy, other.id()))
                && model.equals(about.model())
                && version.map(about.version()::equals).orElse(true)
                && stage.equals(where)
                && !isOver(now);
    }

    /** Whether its last day is over. */
    boolean isOver(Instant now) {
        return !now.isBefore(expires.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a date like 2027-06-30", e);
        }
    }
}
