package io.modelgate.host;

import io.modelgate.git.Snapshot;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.SourceFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The comments of one person on one proposal: a file for each marker. */
final class LocalComments {
    static final Pattern FILE = Pattern.compile("[0-9a-f]{12}\\.md");
    static final int MOST = 20;

    private LocalComments() {}

    /** The file that holds the comment with this marker. */
    static SourceFile file(String marker, String markdown) {
        String name = Digest.of(marker).hex().substring(0, 12) + ".md";
        return SourceFile.of(name, marker + "\n" + markdown);
    }

    /** The text of all comments, markers included. */
    static Stream<String> texts(Snapshot event) {
        return event.list("").stream()
                .filter(entry -> FILE.matcher(entry.name()).matches())
                .flatMap(entry -> event.read(entry.path()).stream())
                .map(SourceFile::text);
    }
}
