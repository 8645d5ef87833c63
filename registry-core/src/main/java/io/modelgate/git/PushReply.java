package io.modelgate.git;

import io.modelgate.finding.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.jspecify.annotations.Nullable;

/** Reads what the other side said to a push. */
final class PushReply {
    private static final int MOST_CHARACTERS = 4_000;

    /** What receiving programs say when somebody else was faster. */
    private static final List<String> RACE = List.of(
            "failed to update ref",
            "failed to lock",
            "cannot lock ref",
            "lock failure",
            "lock error",
            "reference already exists",
            "fetch first",
            "stale info",
            "remote ref changed",
            "somebody else moved");

    private PushReply() {}

    static PublishResult read(PushResult reply) {
        for (RemoteRefUpdate update : reply.getRemoteUpdates()) {
            Optional<PublishResult> answer = answer(update, reply.getMessages());
            if (answer.isPresent() && !isFollower(update)) {
                return answer.get();
            }
        }
        return reply.getRemoteUpdates().stream()
                .flatMap(update -> answer(update, reply.getMessages()).stream())
                .findFirst()
                .orElseGet(PublishResult.Published::new);
    }

    /** Whether a ref was only refused because another one of the same push was. */
    private static boolean isFollower(RemoteRefUpdate update) {
        String message = lower(update.getMessage());
        return message.contains("atomic") || message.contains("transaction aborted");
    }

    private static Optional<PublishResult> answer(RemoteRefUpdate update, String said) {
        return switch (update.getStatus()) {
            // What was asked for is so already, whoever did it.
            case OK, UP_TO_DATE -> Optional.empty();
            case NON_EXISTING -> update.isDelete() ? Optional.empty() : lost(update);
            case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD -> lost(update);
            default -> {
                String why = lower(update.getMessage()) + "\n" + lower(said);
                yield RACE.stream().anyMatch(why::contains) ? lost(update) : refused(update, said);
            }
        };
    }

    private static Optional<PublishResult> lost(RemoteRefUpdate update) {
        return Optional.of(new PublishResult.Lost(update.getRemoteName()));
    }

    private static Optional<PublishResult> refused(RemoteRefUpdate update, String said) {
        String lines =
                said.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
        String why = update.getMessage() == null ? update.getStatus().name() : update.getMessage();
        return Optional.of(new PublishResult.Refused(Text.excerpt(
                Secrets.hide(lines.isEmpty() ? update.getRemoteName() + ": " + why : lines), MOST_CHARACTERS)));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
