package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.DigestIndex;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevObject;
import org.jspecify.annotations.Nullable;

/**
 * Finds every SHA-256 digest that stands in any file of any commit that a ref leads to, or ever led to by a commit that is still
 * reachable. It does not matter what a file is: whatever looks like a digest counts, so that a manifest that cannot be read, is in
 * the wrong place or of a later version of the format protects its bytes, too.
 */
public final class DigestWalk {
    private static final int BLOCK = 1 << 16;
    private static final int DIGITS = 64;
    private static final int NONE = -1;

    private final Repository repository;
    private final Upstream upstream;
    private final DigestIndex found = new DigestIndex();
    private final Set<ObjectId> walked = new HashSet<>();

    DigestWalk(Repository repository, Upstream upstream) {
        this.repository = repository;
        this.upstream = upstream;
    }

    /**
     * Asks the registry's own repository for all its refs, and reads what is new since the last time. ENVIRONMENT when it cannot
     * be asked, or when the history that is here is not whole.
     *
     * @param counts whether what a ref of this name leads to is to be read
     */
    public void refresh(Predicate<String> counts) {
        Set<ObjectId> tips = new LinkedHashSet<>();
        upstream.everything().forEach((ref, tip) -> {
            if (counts.test(ref)) {
                tips.add(tip);
            }
        });
        walk(tips);
    }

    /** Reads what is new in these commits, and in all before them. */
    public void include(Collection<CommitId> heads) {
        Set<ObjectId> tips = new LinkedHashSet<>();
        heads.forEach(head -> tips.add(head.toObjectId()));
        walk(tips);
    }

    /** Whether a digest stands somewhere in what was read. */
    public boolean mentions(Digest digest) {
        return found.contains(digest);
    }

    private void walk(Set<ObjectId> tips) {
        Set<ObjectId> fresh = new LinkedHashSet<>(tips);
        fresh.removeAll(walked);
        if (fresh.isEmpty()) {
            return;
        }
        try (ObjectWalk walk = new ObjectWalk(repository)) {
            requireWhole();
            for (ObjectId tip : fresh) {
                walk.markStart(walk.parseAny(tip));
            }
            for (ObjectId old : walked) {
                walk.markUninteresting(walk.parseAny(old));
            }
            while (walk.next() != null) {
                // Commits alone; what is in them follows.
            }
            for (RevObject object = walk.nextObject(); object != null; object = walk.nextObject()) {
                if (object.getType() == Constants.OBJ_BLOB) {
                    try (InputStream bytes = walk.getObjectReader()
                            .open(object, Constants.OBJ_BLOB)
                            .openStream()) {
                        scan(bytes);
                    }
                }
            }
            walked.addAll(fresh);
        } catch (MissingObjectException e) {
            throw incomplete(e);
        } catch (IOException | LargeObjectException | IllegalArgumentException e) {
            throw RegistryException.environment(
                    "The history in " + repository.getDirectory() + " cannot be read: " + Trouble.words(e) + ".",
                    "Run 'git fsck' there.",
                    e);
        }
    }

    private void requireWhole() throws IOException {
        if (!repository.getObjectDatabase().getShallowCommits().isEmpty() || Trouble.isPartial(repository)) {
            throw incomplete(null);
        }
    }

    private RegistryException incomplete(@Nullable Exception cause) {
        return RegistryException.environment(
                "The history in " + repository.getDirectory() + " is not whole: " + Trouble.whyIncomplete(repository)
                        + ".",
                Trouble.howToComplete(repository),
                cause);
    }

    /** Exactly 64 hex digits in a row, also where each is two bytes, one of them zero (UTF-16), or where some are escaped. */
    private void scan(InputStream bytes) throws IOException {
        byte[] block = new byte[BLOCK];
        StringBuilder run = new StringBuilder();
        StringBuilder wide = new StringBuilder();
        StringBuilder escaped = new StringBuilder();
        EscapedDigits digits = new EscapedDigits(digit -> {
            if (digit == EscapedDigits.OTHER) {
                take(escaped);
            } else {
                append(escaped, digit);
            }
        });
        for (int read = bytes.read(block); read >= 0; read = bytes.read(block)) {
            for (int i = 0; i < read; i++) {
                digits.take(block[i]);
                int digit = HexFormat.isHexDigit(block[i] & 0xff) ? Character.toLowerCase(block[i]) : NONE;
                if (digit == NONE) {
                    take(run);
                    if (block[i] != 0) {
                        take(wide);
                    }
                } else {
                    append(run, digit);
                    append(wide, digit);
                }
            }
        }
        take(run);
        take(wide);
        take(escaped);
    }

    private static void append(StringBuilder run, int digit) {
        if (run.length() <= DIGITS) {
            run.append((char) digit);
        }
    }

    private void take(StringBuilder run) {
        if (run.length() == DIGITS) {
            found.add(new Digest(run.toString()));
        }
        run.setLength(0);
    }
}
