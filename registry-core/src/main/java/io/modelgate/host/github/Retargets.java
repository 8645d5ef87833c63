package io.modelgate.host.github;

import io.modelgate.host.http.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which reviews are of another change, since the pull request was asked to be merged elsewhere after them. */
final class Retargets {
    private Retargets() {}

    /**
     * The numbers of the reviews before the last change of the target branch (docs.github.com, "Issue event types":
     * {@code base_ref_changed} and {@code reviewed}, in the order of the timeline).
     */
    static Set<Long> reviewsBefore(List<Json> timeline) {
        Set<Long> before = new TreeSet<>();
        Set<Long> seen = new TreeSet<>();
        for (Json event : timeline) {
            String type = event.text("event").orElse("");
            if (type.equals("reviewed")) {
                event.integer("id").ifPresent(seen::add);
            } else if (type.equals("base_ref_changed")) {
                before.addAll(seen);
            }
        }
        return before;
    }
}
