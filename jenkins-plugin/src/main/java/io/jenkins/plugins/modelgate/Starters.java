package io.jenkins.plugins.modelgate;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import io.modelgate.promotion.Requester;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;

/**
 * The people who started a build by hand, started it anew, or started one that led to it: what it proposes is proposed on their
 * behalf, and they cannot approve it. A push or a timer is nobody.
 */
final class Starters {
    private static final int MOST = 20;

    private Starters() {}

    /** Who they are on the Git host of a registry. */
    static List<Requester> of(Run<?, ?> run, RegistrySettings settings) {
        List<Requester> people = new ArrayList<>();
        for (String id : ids(run)) {
            Optional<User> user = Optional.ofNullable(User.getById(id, false));
            people.add(new Requester(settings.login(id), user.map(User::getFullName), user.flatMap(Starters::address)));
        }
        return people;
    }

    /** Their ids, with those of builds upstream; as many builds above as Jenkins remembers. */
    static Set<String> ids(Run<?, ?> run) {
        Set<String> ids = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Deque<Cause> left = new ArrayDeque<>(run.getCauses());
        while (!left.isEmpty() && ids.size() < MOST) {
            Cause cause = left.pop();
            if (cause instanceof Cause.UserIdCause person) {
                Optional.ofNullable(person.getUserId())
                        .filter(id -> !id.isBlank() && !ACL.SYSTEM_USERNAME.equalsIgnoreCase(id))
                        .ifPresent(ids::add);
            } else if (cause instanceof Cause.UpstreamCause upstream) {
                left.addAll(upstream.getUpstreamCauses());
            }
        }
        return ids;
    }

    /** Without the plugin Mailer nobody has an address. */
    private static Optional<String> address(User user) {
        return Jenkins.get().getPlugin("mailer") == null ? Optional.empty() : MailerAddress.of(user);
    }
}
