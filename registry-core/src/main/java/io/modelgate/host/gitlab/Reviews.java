package io.modelgate.host.gitlab;

import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What reviewers say: the approvals that stand now (GitLab REST API v4, Merge request approvals), and what the host's notes tell
 * of approvals taken back and of requests for changes. Approvals carry no commit; see {@link Arrival}.
 */
final class Reviews {
    private final Accounts accounts;
    private final CommitId head;
    private final Arrival arrival;
    private final List<Note> notes;

    Reviews(Accounts accounts, CommitId head, Arrival arrival, List<Note> notes) {
        this.accounts = accounts;
        this.head = head;
        this.arrival = arrival;
        this.notes = notes;
    }

    /**
     * One thing that somebody said.
     *
     * @param order grows with each thing that is said
     * @param account the number of the reviewer's account
     * @param review what it is
     */
    record Word(long order, long account, Review review) {}

    /** Everything, in no order. */
    List<Word> words(Json approvals) {
        List<Word> words = new ArrayList<>();
        for (Note note : notes) {
            if (note.isWithdrawal()) {
                add(words, note.id(), note.author(), Review.State.DISMISSED, head);
            } else if (note.isRequestForChanges() && Users.isPresent(note.author())) {
                boolean old = arrival.note().isPresent() && !arrival.isBefore(note.id());
                CommitId of = old ? arrival.before().orElse(head) : head;
                add(words, note.id(), note.author(), Review.State.CHANGES_REQUESTED, of);
            }
        }
        approvals.elements("approved_by").forEach(approval -> approved(words, approval));
        return words;
    }

    private void approved(List<Word> words, Json approval) {
        Json user = approval.at("user");
        long account = user.integer("id").orElse(0L);
        if (account <= 0 || !Users.isPresent(user)) {
            return;
        }
        Optional<Long> approved = last(account, Note::isApproval);
        Optional<Long> withdrawn = last(account, Note::isWithdrawal);
        Optional<Instant> given = Arrival.time(approval, "approved_at");
        if (isOfAnotherChange(withdrawn, given)) {
            return;
        }
        boolean ofHead = arrival.isBefore(approved, withdrawn, given);
        Optional<CommitId> commit = ofHead ? Optional.of(head) : arrival.before();
        // It stands now, so it is younger than any withdrawal, also while its note is still to come.
        long order = approved.filter(id -> id > withdrawn.orElse(0L)).orElse(Long.MAX_VALUE);
        commit.ifPresent(of -> add(words, order, user, Review.State.APPROVED, of));
    }

    /**
     * Whether an approval may have been given while the request was to be merged elsewhere: unless the host took it after the
     * target branch was last changed, or the reviewer took back an older one after that.
     */
    private boolean isOfAnotherChange(Optional<Long> withdrawn, Optional<Instant> given) {
        Optional<Note> retarget = notes.stream().filter(Note::isRetarget).reduce((one, two) -> two);
        boolean anew =
                withdrawn.filter(id -> retarget.map(Note::id).orElse(0L) < id).isPresent();
        boolean younger = given.flatMap(time -> retarget.flatMap(Note::at).filter(time::isAfter))
                .isPresent();
        return retarget.isPresent() && !anew && !younger;
    }

    private Optional<Long> last(long account, Predicate<Note> kind) {
        return notes.stream()
                .filter(note -> note.isBy(account))
                .filter(kind)
                .map(Note::id)
                .reduce((one, two) -> two);
    }

    private void add(List<Word> words, long order, Json user, Review.State state, CommitId commit) {
        Optional<UserId> by = Users.user(user, accounts);
        by.ifPresent(id -> words.add(new Word(order, user.integer("id").orElse(0L), new Review(id, state, commit))));
    }
}
