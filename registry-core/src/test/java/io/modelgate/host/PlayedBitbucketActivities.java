package io.modelgate.host;

import io.modelgate.git.CommitId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a played Bitbucket Data Center takes down of its pull requests, the newest first. A change of the target branch leaves
 * what it does to the commits, and nothing else.
 */
final class PlayedBitbucketActivities {
    private final PlayedBitbucketServer played;
    private final Map<Integer, List<Map<String, Object>>> all = new HashMap<>();
    private final Map<Integer, CommitId> targets = new HashMap<>();

    PlayedBitbucketActivities(PlayedBitbucketServer played) {
        this.played = played;
    }

    List<Map<String, Object>> of(PlayedProposal proposal) {
        return all.computeIfAbsent(proposal.number, n -> new ArrayList<>());
    }

    void note(PlayedProposal proposal, String user, String action, Map<String, ?> more) {
        Map<String, Object> activity = new LinkedHashMap<>(Map.of(
                "id",
                PlayedProposal.nextId(),
                "action",
                action,
                "user",
                played.user(user),
                "createdDate",
                1_700_000_000_000L));
        activity.putAll(more);
        of(proposal).add(0, activity);
    }

    void opened(PlayedProposal proposal) {
        targets.put(proposal.number, target(proposal));
        note(proposal, proposal.author, "OPENED", Map.of());
    }

    /** Its branch, or its target branch, is elsewhere now. */
    void rescoped(PlayedProposal proposal, String user, CommitId head) {
        CommitId target = target(proposal);
        CommitId before = targets.put(proposal.number, target);
        note(
                proposal,
                user,
                "RESCOPED",
                Map.of(
                        "fromHash",
                        head.toString(),
                        "previousFromHash",
                        proposal.head.toString(),
                        "toHash",
                        target.toString(),
                        "previousToHash",
                        before.toString()));
        proposal.head = head;
    }

    /** It asks to be merged into another branch: told only if that adds commits or takes some away. */
    void retargeted(PlayedProposal proposal, String user, String base) {
        String before = commits(proposal);
        proposal.base = base;
        if (!commits(proposal).equals(before)) {
            rescoped(proposal, user, proposal.head);
        } else {
            targets.put(proposal.number, target(proposal));
        }
    }

    private String commits(PlayedProposal proposal) {
        return played.git("rev-list", proposal.head.toString(), "^" + target(proposal));
    }

    private CommitId target(PlayedProposal proposal) {
        return played.repository().ref("refs/heads/" + proposal.base).orElseThrow();
    }
}
