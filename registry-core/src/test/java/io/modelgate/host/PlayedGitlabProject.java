package io.modelgate.host;

import io.modelgate.host.PlayedHost.Ask;
import io.modelgate.host.PlayedHost.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Plays what is not about merge requests: users, members, groups, settings and protected branches. */
final class PlayedGitlabProject {
    private static final String AT = "/projects/" + PlayedHost.OWNER + "/" + PlayedHost.NAME;

    private final PlayedGitlab gitlab;

    /** Access levels of users; developer where nothing is said. */
    final Map<String, Integer> levels = new HashMap<>(Map.of("alice", 40));

    final Map<String, String> states = new HashMap<>();
    final List<String> bots = new ArrayList<>();
    final Map<String, List<String>> groups = new HashMap<>();
    final Map<String, Object> settings = new TreeMap<>(Map.of("merge_method", "merge", "squash_option", "default_off"));
    final Map<String, Object> approvals = new TreeMap<>(Map.of(
            "reset_approvals_on_push", false,
            "merge_requests_author_approval", false,
            "merge_requests_disable_committers_approval", false));
    final Map<String, Map<String, Object>> rules = new TreeMap<>();
    final List<String> made = new ArrayList<>();

    /** The names that users chose to be shown by, where those are not their logins. */
    final Map<String, String> shown = new TreeMap<>();

    /** Whether it has what one pays for: settings of approvals, rules that name users. */
    boolean premium = true;

    boolean hidesEvents;

    PlayedGitlabProject(PlayedGitlab gitlab) {
        this.gitlab = gitlab;
    }

    String state(String login) {
        return states.getOrDefault(login, "active");
    }

    private int level(String login) {
        return levels.getOrDefault(login, 30);
    }

    boolean mayMerge(String login) {
        return level(login) >= 30;
    }

    Reply api(Ask ask) {
        if (ask.is("GET", "/user")) {
            return Reply.of(200, gitlab.user(ask.user()));
        }
        if (ask.is("GET", "/users")) {
            String name = ask.query().get("username");
            return Reply.of(200, name.contains("/") || name.equals("nobody") ? List.of() : List.of(gitlab.user(name)));
        }
        if (ask.is("GET", "/users/[0-9]+")) {
            return of(ask.number(1), login -> {
                Map<String, Object> user = new TreeMap<>(gitlab.user(login));
                user.put("bot", bots.contains(login));
                return Reply.of(200, user);
            });
        }
        if (ask.is("GET", "/groups/.+/members/all")) {
            String group = ask.path().replaceAll("^/groups/|/members/all$", "");
            return groups.containsKey(group)
                    ? Reply.of(200, groups.get(group).stream().map(gitlab::user).toList())
                    : Reply.trouble(404, "404 Group Not Found");
        }
        if (ask.is("GET", "/namespaces/.+")) {
            return Reply.of(200, Map.of("id", 12, "full_path", ask.path().replace("/namespaces/", "")));
        }
        if (ask.is("POST", "/projects")) {
            made.add(ask.body().toString());
            return Reply.of(201, Map.of("id", 8));
        }
        if (ask.path().startsWith(AT + "/members")) {
            return members(ask);
        }
        if (ask.path().startsWith(AT + "/protected_branches")) {
            return protectedBranches(ask);
        }
        return settings(ask);
    }

    private Reply of(long account, Function<String, Reply> reply) {
        return gitlab.login(account).map(reply).orElseGet(() -> Reply.trouble(404, "404 Not found"));
    }

    private Map<String, Object> member(String login) {
        Map<String, Object> member = new TreeMap<>(gitlab.user(login));
        member.put("access_level", level(login));
        return member;
    }

    private Reply members(Ask ask) {
        if (ask.is("GET", AT + "/members/all")) {
            List<Map<String, Object>> all = new ArrayList<>();
            for (long id = 100; gitlab.login(id).isPresent(); id++) {
                gitlab.login(id).filter(login -> level(login) > 0).ifPresent(login -> all.add(member(login)));
            }
            return gitlab.page(ask, all);
        }
        if (ask.method().equals("POST")) {
            return of(ask.body().path("user_id").asLong(), login -> raise(ask, login));
        }
        long account = Long.parseLong(ask.path().replaceAll("^.*/", ""));
        return of(account, login -> {
            if (ask.method().equals("PUT")) {
                return raise(ask, login);
            }
            return level(login) > 0 ? Reply.of(200, member(login)) : Reply.trouble(404, "404 Not found");
        });
    }

    private Reply raise(Ask ask, String login) {
        levels.put(login, ask.body().path("access_level").asInt());
        return Reply.of(201, member(login));
    }

    private Reply protectedBranches(Ask ask) {
        if (ask.method().equals("GET")) {
            return gitlab.page(ask, List.copyOf(rules.values()));
        }
        if (ask.method().equals("DELETE")) {
            rules.remove(ask.path().replaceAll("^.*/", ""));
            return Reply.of(204, null);
        }
        if (rules.containsKey(ask.text("name"))) {
            return Reply.trouble(409, "Protected branch '" + ask.text("name") + "' already exists");
        }
        Map<String, Object> rule = rule(
                ask.text("name"),
                ask.body().path("push_access_level").asInt(40),
                ask.body().path("merge_access_level").asInt(40));
        rule.put("allow_force_push", ask.body().path("allow_force_push").asBoolean());
        JsonNode merge = ask.body().path("allowed_to_merge");
        if (premium && !merge.isMissingNode()) {
            long user = merge.get(0).path("user_id").asLong();
            rule.put(
                    "merge_access_levels",
                    List.of(Map.of(
                            "access_level",
                            40,
                            "user_id",
                            user,
                            "access_level_description",
                            shown.getOrDefault(
                                    gitlab.login(user).orElseThrow(),
                                    gitlab.login(user).orElseThrow()))));
        }
        rules.put(ask.text("name"), rule);
        return Reply.of(201, rule);
    }

    static Map<String, Object> rule(String name, int push, int merge) {
        return new TreeMap<>(Map.of(
                "name",
                name,
                "allow_force_push",
                false,
                "push_access_levels",
                List.of(level(push)),
                "merge_access_levels",
                List.of(level(merge))));
    }

    private static Map<String, Object> level(int number) {
        return Map.of(
                "access_level",
                number,
                "access_level_description",
                number == 0 ? "No one" : number == 30 ? "Developers + Maintainers" : "Maintainers");
    }

    private Reply settings(Ask ask) {
        if (ask.path().equals(AT + "/approvals") && premium) {
            if (ask.method().equals("POST")) {
                take(ask, approvals);
            }
            return Reply.of(200, approvals);
        }
        if (ask.path().equals(AT)) {
            if (ask.method().equals("PUT")) {
                take(ask, settings);
            }
            Map<String, Object> json = new TreeMap<>(settings);
            json.put("permissions", Map.of("project_access", Map.of("access_level", level(ask.user()))));
            return Reply.of(200, json);
        }
        return Reply.trouble(404, "404 Not found");
    }

    private static void take(Ask ask, Map<String, Object> settings) {
        ask.body()
                .properties()
                .forEach(field -> settings.put(
                        field.getKey(),
                        Optional.of(field.getValue())
                                .filter(JsonNode::isBoolean)
                                .<Object>map(JsonNode::asBoolean)
                                .orElseGet(() -> field.getValue().asString())));
    }
}
