package io.modelgate.host;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import java.util.List;
import java.util.Optional;

/** Comments and statuses are said by whoever says them, about a proposal that is there. */
enum RemarkRule implements RefRule {
    /** A file for each marker. */
    COMMENT {
        @Override
        void judge(PushedRef pushed, Push push, int number) {
            PushedEvent.on(pushed, push, false).after(pushed.before()).ifPresent(commit -> {
                Snapshot tree = push.repository().snapshot(commit.id());
                List<TreeEntry> files = tree.list("");
                if (files.size() > LocalComments.MOST || !files.stream().allMatch(file -> isComment(tree, file))) {
                    push.refuse(
                            pushed,
                            "event",
                            "Comments are at most " + LocalComments.MOST + " small files as Modelgate writes them.",
                            "Use Modelgate to write them.");
                }
            });
        }
    },

    /** One document about the head of an open proposal. */
    STATUS {
        @Override
        void judge(PushedRef pushed, Push push, int number) {
            PushedEvent event = PushedEvent.on(pushed, push, true);
            event.after(pushed.before())
                    .ifPresent(commit -> event.document(
                                    commit, StatusEvent.FILE, StatusEvent::read, StatusEvent::toFile)
                            .filter(status -> !isAboutHead(status, commit, push, number))
                            .ifPresent(status -> push.refuse(
                                    pushed,
                                    "head",
                                    "The status is of " + status.commit().abbreviated()
                                            + ", which is not the head of proposal " + number + ".",
                                    "Judge it again: 'modelgate verify " + number + "'.")));
        }
    };

    @Override
    public void judge(PushedRef pushed, Push push) {
        int number = LocalRefs.number(pushed.ref()).orElseThrow();
        boolean ended = push.after(LocalRefs.closed(number)).isPresent();
        if (this == STATUS && ended && pushed.after().isEmpty()) {
            return;
        }
        if (!OwnRefs.isWritable(pushed, push)) {
            return;
        }
        if (!ended && push.after(LocalRefs.open(number)).isEmpty()) {
            push.refuse(pushed, "number", "There is no proposal " + number + ".", "See 'modelgate proposals'.");
            return;
        }
        judge(pushed, push, number);
    }

    abstract void judge(PushedRef pushed, Push push, int number);

    private static boolean isComment(Snapshot tree, TreeEntry file) {
        return LocalComments.FILE.matcher(file.name()).matches() && PushedEvent.isSmallFile(tree, file);
    }

    private static boolean isAboutHead(StatusEvent status, CommitFacts commit, Push push, int number) {
        Optional<ProposalEvent> proposal = push.repository()
                .ref(LocalRefs.open(number))
                .flatMap(tip -> push.proposals().event(tip).value());
        return commit.parents().get(commit.parents().size() - 1).equals(status.commit())
                && proposal.filter(event -> event.head().equals(status.commit()))
                        .isPresent();
    }
}
