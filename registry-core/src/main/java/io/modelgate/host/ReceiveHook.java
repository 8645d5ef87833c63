package io.modelgate.host;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.UserId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The {@code pre-receive} hook of a local host: judges everything that somebody pushes at once by who they are, and takes all
 * or nothing. What it cannot judge it refuses.
 */
public final class ReceiveHook {
    private static final int MOST_REFS = 200;
    private static final int LONGEST_LINE = 1_000;

    private final RegistryRepository repository;
    private final UserId pusher;
    private final Instant now;
    private final RefRules rules;

    private ReceiveHook(RegistryRepository repository, UserId pusher, Clock clock) {
        this.repository = repository;
        this.pusher = pusher;
        this.now = clock.instant();
        Path storeBase = repository.directory().toAbsolutePath().normalize().resolveSibling("");
        this.rules = new RefRules(new Judging(repository, storeBase, Clock.fixed(now, ZoneOffset.UTC)));
    }

    /**
     * Judges a push.
     *
     * @param gitDirectory the repository that is pushed to
     * @param input what Git gives to the hook: a line {@code <old> <new> <ref>} for each ref
     * @param environment the environment that Git gave to the hook
     * @param account the account that runs the hook
     * @return why it is refused, and what else there is to say; it is accepted when nothing in it blocks
     */
    public static List<Finding> judge(
            Path gitDirectory, Reader input, Map<String, String> environment, String account, Clock clock) {
        try (RegistryRepository repository = Repositories.inHook(gitDirectory, environment)) {
            UserId pusher = LocalIdentity.ofPusher(repository, environment, account);
            return new ReceiveHook(repository, pusher, clock).judge(lines(input));
        } catch (RegistryException e) {
            return List.of(
                    Finding.block("push/environment", Place.NOWHERE, String.valueOf(e.getMessage()), e.remedy()));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return List.of(Finding.block(
                    "push/internal",
                    Place.NOWHERE,
                    "What is pushed cannot be judged (" + e.getClass().getSimpleName() + "), so it is not accepted.",
                    "Run 'git fsck' on what you push; if that is clean, report a defect of Modelgate."));
        }
    }

    private List<Finding> judge(List<String> lines) {
        Push push = new Push(repository, pusher, now, LocalRefs.HEADS + RegistryConfig.DEFAULT_BRANCH);
        List<PushedRef> pushed = lines.stream().map(PushedRef::parse).toList();
        pushed.forEach(push::add);
        pushed.forEach(ref -> rules.judge(ref, push));
        return push.findings();
    }

    private static List<String> lines(Reader input) throws IOException {
        BufferedReader reader = new BufferedReader(input);
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (lines.size() == MOST_REFS || line.length() > LONGEST_LINE) {
                throw RegistryException.usage(
                        "More than " + MOST_REFS + " refs are pushed at once, or one with a very long name.",
                        "Push fewer at a time.");
            }
            lines.add(line);
        }
        return lines;
    }
}
