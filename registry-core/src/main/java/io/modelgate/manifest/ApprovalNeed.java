package io.modelgate.manifest;

import java.util.Optional;

/**
 * How many people must approve a kind of change.
 *
 * @param count how many; 0 for none
 * @param role the role that they must have; any person when empty
 */
public record ApprovalNeed(int count, Optional<String> role) {
    private static final int MOST = 100;

    /** Nobody needs to approve. */
    public static final ApprovalNeed NONE = new ApprovalNeed(0, Optional.empty());

    public ApprovalNeed {
        if (count < 0 || count > MOST) {
            throw new IllegalArgumentException("count is " + count + ", must be between 0 and " + MOST);
        }
        role.ifPresent(each -> Names.require("role", each));
    }

    static Optional<ApprovalNeed> of(Fields fields) {
        long count = fields.integer("count");
        Optional<String> role = fields.optionalText("role");
        if (count < 0 || count > MOST) {
            fields.refuse("count", "count is " + count + ", must be between 0 and " + MOST, "Correct the number.");
            return Optional.empty();
        }
        return Optional.of(new ApprovalNeed((int) count, role));
    }

    Node.Mapping toNode() {
        return new MappingBuilder().number("count", count).text("role", role).build();
    }
}
