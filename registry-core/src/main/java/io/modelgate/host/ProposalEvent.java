package io.modelgate.host;

import io.modelgate.finding.Checked;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.YamlReader;
import io.modelgate.manifest.YamlWriter;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a proposal is after an event: the content of the newest commit of its ref.
 *
 * @param number its number
 * @param text what it says of itself
 * @param author who opened it
 * @param state whether it is open
 * @param head the commit that asks to be merged
 * @param pushers everybody who brought a head
 * @param by who caused this event
 */
record ProposalEvent(
        int number,
        ProposalText text,
        UserId author,
        Proposal.State state,
        CommitId head,
        Set<UserId> pushers,
        UserId by) {
    static final String FILE = "proposal.yaml";

    ProposalEvent {
        pushers = Collections.unmodifiableSet(new TreeSet<>(pushers));
    }

    /** A proposal that this user opens. */
    static ProposalEvent first(int number, ProposalDraft draft, UserId user) {
        return new ProposalEvent(number, draft.text(), user, Proposal.State.OPEN, draft.head(), Set.of(user), user);
    }

    static Checked<ProposalEvent> read(SourceFile file) {
        return YamlReader.read(file).then(node -> {
            Fields fields = Fields.of(node);
            long number = fields.integer("number");
            Optional<UserId> author = fields.parsed("author", UserId::new);
            Optional<UserId> by = fields.parsed("by", UserId::new);
            Optional<CommitId> head = fields.parsed("head", CommitId::new);
            Optional<Proposal.State> state =
                    fields.parsed("state", word -> Proposal.State.valueOf(word.toUpperCase(Locale.ROOT)));
            String title = fields.text("title");
            Set<UserId> pushers = new TreeSet<>(fields.parsedList("pushers", UserId::new));
            String description = fields.optionalText("description").orElse("");
            String source = fields.text("source");
            if (number < 1 || number > LocalRefs.HIGHEST_NUMBER) {
                fields.refuse("number", "number is " + number + ", which no proposal has.", "Correct it.");
            }
            return fields.build(() -> new ProposalEvent(
                    (int) number,
                    new ProposalText(title, description, source),
                    author.orElseThrow(),
                    state.orElseThrow(),
                    head.orElseThrow(),
                    pushers,
                    by.orElseThrow()));
        });
    }

    SourceFile toFile() {
        return SourceFile.of(
                FILE,
                YamlWriter.write(new MappingBuilder()
                        .number("number", number)
                        .text("title", text.title())
                        .text("description", Optional.of(text.description()).filter(words -> !words.isEmpty()))
                        .text("source", text.source())
                        .text("author", author)
                        .text("state", state.word())
                        .text("head", head)
                        .texts("pushers", pushers)
                        .text("by", by)
                        .build()));
    }

    /** The same proposal with a new head that this user brought. */
    ProposalEvent moved(CommitId newHead, ProposalText newText, UserId user) {
        Set<UserId> all = new TreeSet<>(pushers);
        all.add(user);
        return new ProposalEvent(number, newText, author, state, newHead, all, user);
    }

    /** The same proposal, merged or closed by this user. */
    ProposalEvent ended(Proposal.State end, UserId user) {
        return new ProposalEvent(number, text, author, end, head, pushers, user);
    }

    /** Whether a draft brings nothing new. */
    boolean says(ProposalDraft draft) {
        return head.equals(draft.head()) && text.equals(draft.text());
    }

    /** Whether this user may close it unmerged: its author, and whoever has a role in the registry. */
    boolean mayBeClosedBy(UserId user, Governance people) {
        return author.equals(user) || people.holdersOfAnyRole().contains(user);
    }
}
