package io.modelgate.host;

import io.modelgate.host.PlayedHost.Ask;
import io.modelgate.host.PlayedHost.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Users and settings of a played Bitbucket Data Center; most of the latter for administrators only. */
final class PlayedBitbucketSettings {
    final Set<String> administrators = new TreeSet<>(Set.of("alice"));
    final Map<Long, Map<String, Object>> restrictions = new TreeMap<>();
    final Map<Long, Map<String, Object>> requiredBuilds = new TreeMap<>();
    final Map<String, String> permissions = new TreeMap<>();
    List<String> strategies = List.of("no-ff", "squash");

    final Set<String> readers = new TreeSet<>();
    final Map<String, Set<String>> groups = new TreeMap<>();

    private final PlayedBitbucketServer played;

    PlayedBitbucketSettings(PlayedBitbucketServer played) {
        this.played = played;
    }

    Reply users(Ask ask) {
        String filter = ask.query().getOrDefault("filter", "");
        String group = ask.query().getOrDefault("group", "");
        boolean writers = ask.query().getOrDefault("permission", "").equals("REPO_WRITE")
                && ask.query().getOrDefault("permission.projectKey", "").equals("ACME")
                && ask.query().getOrDefault("permission.repositorySlug", "").equals("models");
        List<Map<String, Object>> found = new ArrayList<>();
        for (long id = 100; played.login(id).isPresent(); id++) {
            String name = played.login(id).orElseThrow();
            if (name.contains(filter)
                    && (group.isEmpty() || groups.getOrDefault(group, Set.of()).contains(name))
                    && (!writers || !readers.contains(name))) {
                found.add(played.user(name));
            }
        }
        return played.paged(ask, found);
    }

    Reply answer(Ask ask) {
        String here = "/[a-z-]+/latest/projects/ACME/repos/models";
        boolean reads = ask.is("GET", here + "/(conditions|settings/pull-requests)");
        if (!reads && !administrators.contains(ask.user())) {
            return PlayedBitbucketServer.trouble(
                    401, "You are not permitted to access this resource", "AuthorisationException");
        }
        if (ask.is("GET", here + "/ref-change-activities")) {
            return played.paged(
                    ask,
                    played.refChanges.stream()
                            .filter(each -> ((Map<?, ?>) each.get("refChange"))
                                    .get("refId")
                                    .equals(ask.query().get("ref")))
                            .toList());
        }
        if (ask.is("GET", here + "/restrictions")) {
            return played.paged(ask, restrictions.values());
        }
        if (ask.is("DELETE", here + "/restrictions/[0-9]+")) {
            restrictions.remove(Long.parseLong(ask.segment(7)));
            return Reply.of(204, null);
        }
        if (ask.is("POST", here + "/restrictions")) {
            List<Map<String, Object>> users = new ArrayList<>();
            ask.body().path("userSlugs").forEach(each -> users.add(played.user(each.asString())));
            return Reply.of(200, keep(restrictions, ask, Map.of("users", users, "groups", List.of())));
        }
        if (ask.is("GET", here + "/conditions")) {
            return played.paged(ask, requiredBuilds.values());
        }
        if (ask.is("POST", here + "/condition")) {
            return Reply.of(200, keep(requiredBuilds, ask, Map.of()));
        }
        if (ask.path().matches(here + "/settings/pull-requests")) {
            JsonNode told = ask.body().path("mergeConfig").path("strategies");
            if (!told.isMissingNode()) {
                strategies = told.valueStream()
                        .map(each -> each.path("id").asString())
                        .toList();
            }
            return Reply.of(
                    200,
                    Map.of(
                            "mergeConfig",
                            Map.of(
                                    "strategies",
                                    strategies.stream()
                                            .map(id -> Map.of("id", id, "enabled", true))
                                            .toList())));
        }
        if (ask.is("GET", here + "/permissions/users")) {
            return played.paged(
                    ask,
                    permissions.entrySet().stream()
                            .map(each -> Map.of("user", played.user(each.getKey()), "permission", each.getValue()))
                            .toList());
        }
        if (ask.is("PUT", here + "/permissions/users")) {
            permissions.put(ask.query().get("name"), ask.query().get("permission"));
            return Reply.of(204, null);
        }
        return PlayedBitbucketServer.trouble(404, "There is nothing at " + ask.path(), "NoSuch");
    }

    private static Map<String, Object> keep(Map<Long, Map<String, Object>> where, Ask ask, Map<String, ?> more) {
        long id = PlayedProposal.nextId();
        Map<String, Object> kept = new LinkedHashMap<>(more);
        kept.put("id", id);
        ask.body().properties().forEach(each -> kept.putIfAbsent(each.getKey(), each.getValue()));
        where.put(id, kept);
        return kept;
    }
}
