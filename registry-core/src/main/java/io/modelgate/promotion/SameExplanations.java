package io.modelgate.promotion;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.Explainability;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.VersionFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds explanations that are written down twice: the manifest never changes, and two would look like more than one. */
final class SameExplanations {
    private SameExplanations() {}

    /** @param root the facts as they are in their file */
    static List<Finding> in(VersionFacts facts, Node root) {
        List<Finding> findings = new ArrayList<>();
        Map<List<Object>, Integer> first = new HashMap<>();
        List<Explainability> all = facts.explainability();
        for (int i = 0; i < all.size(); i++) {
            Integer earlier = first.putIfAbsent(said(all.get(i)), i);
            if (earlier != null) {
                findings.add(Finding.block(
                        "register/same-explanation",
                        item(root, i).place(),
                        "explainability[" + i + "] (" + all.get(i).method() + ") is the same explanation as"
                                + " explainability[" + earlier + "].",
                        "Remove one of them; it counts once."));
            }
        }
        return findings;
    }

    private static List<Object> said(Explainability each) {
        return List.of(
                each.scope(),
                each.method(),
                each.about().artifact(),
                each.about().dataset(),
                each.file(),
                each.how(),
                each.values().features());
    }

    private static Node item(Node root, int index) {
        return root instanceof Node.Mapping mapping
                        && mapping.get("explainability").orElse(root) instanceof Node.Sequence list
                        && index < list.items().size()
                ? list.items().get(index)
                : root;
    }
}
