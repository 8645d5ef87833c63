package io.modelgate.store;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with files, and lists no more of it than people read. */
final class FileFindings {
    private static final int MOST_LISTED = 100;

    private final List<Finding> all = new ArrayList<>();

    synchronized void add(String rule, Path file, String message, String remedy) {
        all.add(Finding.block(rule, Place.file(file.toString()), message, remedy));
    }

    void unreadable(Path file, IOException e) {
        add(
                "store/unreadable",
                file,
                "It cannot be read: " + DiskTrouble.reason(e) + ".",
                "Check its path and permissions.");
    }

    int size() {
        return all.size();
    }

    /** Sorted; the same ones whatever order they came in. */
    List<Finding> list() {
        List<Finding> listed =
                new ArrayList<>(all.stream().sorted().limit(MOST_LISTED).toList());
        if (all.size() > MOST_LISTED) {
            String more = "And " + (all.size() - MOST_LISTED) + " more files like these.";
            listed.add(Finding.block("store/more", Place.NOWHERE, more, "Mend those listed first."));
        }
        return listed;
    }
}
