package io.modelgate.host;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which rule holds for which ref. What is none of these is nobody's. */
final class RefRules {
    private static final Pattern PROPOSAL = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern OF_USER = Pattern.compile("[1-9][0-9]{0,8}/[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern ANY = Pattern.compile(".+");

    private record Names(Pattern rest, RefRule rule) {}

    private final TargetRule target;
    private final Map<String, Names> byPrefix = new TreeMap<>();

    RefRules(Judging judging) {
        this.target = new TargetRule(judging);
        byPrefix.put(LocalRefs.HEADS, new Names(ANY, new FreeRefRule()));
        byPrefix.put(LocalRefs.TAGS, new Names(ANY, new FreeRefRule()));
        byPrefix.put(LocalRefs.OPEN, new Names(PROPOSAL, new OpenProposalRule()));
        byPrefix.put(LocalRefs.CLOSED, new Names(PROPOSAL, new ClosedProposalRule()));
        byPrefix.put(LocalRefs.REVIEWS, new Names(OF_USER, new ReviewRule()));
        byPrefix.put(LocalRefs.COMMENTS, new Names(OF_USER, RemarkRule.COMMENT));
        byPrefix.put(LocalRefs.STATUS, new Names(OF_USER, RemarkRule.STATUS));
    }

    void judge(PushedRef pushed, Push push) {
        Optional<RefRule> rule = rule(pushed.ref(), push.branch());
        if (rule.isEmpty()) {
            push.refuse(
                    pushed,
                    "namespace",
                    "A registry has no such refs.",
                    "Push branches (refs/heads/) and tags (refs/tags/), and let Modelgate write what is its own.");
        } else if (rule.get() instanceof FreeRefRule || isWhereThePusherThinks(pushed, push)) {
            rule.get().judge(pushed, push);
        }
    }

    private Optional<RefRule> rule(String ref, String branch) {
        return ref.equals(branch)
                ? Optional.of(target)
                : byPrefix.entrySet().stream()
                        .filter(names -> ref.startsWith(names.getKey()))
                        .filter(names -> names.getValue()
                                .rest()
                                .matcher(ref.substring(names.getKey().length()))
                                .matches())
                        .map(names -> names.getValue().rule())
                        .findFirst();
    }

    /** The client says where the ref was; Git compares later, the rules must not be told anything else before. */
    private static boolean isWhereThePusherThinks(PushedRef pushed, Push push) {
        if (push.repository().isSymbolic(pushed.ref())) {
            push.refuse(pushed, "name", "It is another name for a ref of this repository.", "Push to that ref.");
            return false;
        }
        if (!push.repository().ref(pushed.ref()).equals(pushed.before())) {
            push.refuse(pushed, "moved", "Somebody else moved it in between.", "Fetch and try again.");
            return false;
        }
        return true;
    }
}
