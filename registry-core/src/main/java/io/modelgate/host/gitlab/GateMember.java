package io.modelgate.host.gitlab;

import io.modelgate.finding.RegistryException;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;

/**
 * The gate's user as a member of the project (GitLab REST API v4, Members of a group or project).
 *
 * @param account its number
 */
record GateMember(HostClient client, String project, long account) {
    static final int MAINTAINER = 40;
    private static final int DEVELOPER = 30;

    /** Finds the user, who is made a member with the right to write if need be. */
    static GateMember of(HostClient client, String project, String login) {
        long account = client.all("/users?username=" + HostClient.encode(login), 1).stream()
                .flatMap(user -> user.integer("id").stream())
                .findFirst()
                .orElseThrow(() -> RegistryException.notFound(
                        "There is no user " + login + " on the host.", "Make a user for the gate first."));
        GateMember member = new GateMember(client, project, account);
        if (member.level() < DEVELOPER) {
            member.raise(DEVELOPER);
        }
        return member;
    }

    /** Where a rule cannot name a user, as on GitLab Free, maintainers merge: the gate becomes one. */
    void letMerge() {
        if (level() < MAINTAINER) {
            raise(MAINTAINER);
        }
    }

    private long level() {
        return client.find(project + "/members/all/" + account)
                .flatMap(member -> member.integer("access_level"))
                .orElse(0L);
    }

    private void raise(int level) {
        String one = project + "/members/" + account;
        if (client.find(one).isPresent()) {
            client.require(client.ask("PUT", one, Json.object("access_level", level)), one);
        } else {
            client.post(project + "/members", Json.object("user_id", account, "access_level", level));
        }
    }
}
