package io.modelgate.manifest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is who in a registry, and who must approve what no stage policy governs.
 *
 * @param people users that need more said about them than their id
 * @param roles the holders of each role
 * @param teams the teams of the Git host whose members have a role too, by role
 * @param approvals by kind of change, such as {@code policy}
 */
public record Governance(
        List<Person> people,
        Map<String, List<UserId>> roles,
        Map<String, List<Team>> teams,
        Map<String, ApprovalNeed> approvals) {
    /** The kinds of change that {@link #approvals} can name. */
    public static final List<String> KINDS_OF_CHANGE = List.of(
            "registration", "model", "evidence", "documentation", "promotion", "lifecycle", "policy", "configuration");

    /** Kinds that one person must approve unless the registry says otherwise; the others need nobody. */
    private static final Set<String> APPROVED_BY_ONE = Set.of("lifecycle", "policy", "configuration");

    /** Nobody is known and nothing is said. */
    public static final Governance NONE = new Governance(List.of(), Map.of(), Map.of(), Map.of());

    public Governance {
        people = List.copyOf(people);
        Map<String, List<UserId>> holders = new TreeMap<>();
        roles.forEach((role, ids) -> holders.put(Names.require("role", role), List.copyOf(ids)));
        roles = Collections.unmodifiableMap(holders);
        Map<String, List<Team>> groups = new TreeMap<>();
        teams.forEach((role, paths) -> groups.put(Names.require("role", role), List.copyOf(paths)));
        teams = Collections.unmodifiableMap(groups);
        approvals = Collections.unmodifiableMap(new TreeMap<>(approvals));
    }

    /** Whether this user is marked as a machine. Upper and lower case count as the same: on some hosts they are. */
    public boolean isBot(UserId user) {
        return people.stream().anyMatch(each -> each.bot() && each.id().value().equalsIgnoreCase(user.value()));
    }

    /** The user with this address in commits. */
    public Optional<UserId> personByEmail(String email) {
        return people.stream()
                .filter(each -> each.hasEmail(email))
                .map(Person::id)
                .findFirst();
    }

    /** Who has this role; empty when nobody has. */
    public Set<UserId> holders(String role) {
        return Collections.unmodifiableSet(new TreeSet<>(roles.getOrDefault(role, List.of())));
    }

    /** The teams whose members have this role. */
    public Set<Team> teams(String role) {
        return Collections.unmodifiableSet(new TreeSet<>(teams.getOrDefault(role, List.of())));
    }

    /** The teams whose members have some role. */
    public Set<Team> teamsOfAnyRole() {
        Set<Team> all = new TreeSet<>();
        teams.values().forEach(all::addAll);
        return Collections.unmodifiableSet(all);
    }

    /** Everybody who has some role. */
    public Set<UserId> holdersOfAnyRole() {
        Set<UserId> holders = new TreeSet<>();
        roles.values().forEach(holders::addAll);
        return Collections.unmodifiableSet(holders);
    }

    /** Who must approve a kind of change, by what is written or by default. */
    public ApprovalNeed approvalFor(String kindOfChange) {
        int count = APPROVED_BY_ONE.contains(kindOfChange) ? 1 : 0;
        return approvals.getOrDefault(kindOfChange, new ApprovalNeed(count, Optional.empty()));
    }

    static Governance of(Fields fields) {
        List<Person> people = fields.children("people").stream()
                .flatMap(each -> Person.of(each).stream())
                .toList();
        Map<String, List<UserId>> roles = new TreeMap<>();
        fields.optionalChild("roles")
                .ifPresent(child -> child.keys().forEach(role -> {
                    if (Names.isName(role)) {
                        roles.put(role, child.parsedList(role, UserId::new));
                    } else {
                        child.refuse(role, "roles: '" + role + "' is not a name: " + Names.RULE, "Rename the role.");
                    }
                }));
        Map<String, List<Team>> teams = new TreeMap<>();
        fields.optionalChild("teams")
                .ifPresent(child -> child.keys().forEach(role -> {
                    if (Names.isName(role)) {
                        teams.put(role, child.parsedList(role, Team::new));
                    } else {
                        child.refuse(role, "teams: '" + role + "' is not a name: " + Names.RULE, "Rename the role.");
                    }
                }));
        Map<String, ApprovalNeed> approvals = new TreeMap<>();
        fields.optionalChild("approvals")
                .ifPresent(child -> child.keys()
                        .forEach(kind ->
                                ApprovalNeed.of(child.child(kind)).ifPresent(need -> approvals.put(kind, need))));
        Governance governance = new Governance(people, roles, teams, approvals);
        governance.refuseUnknown(fields);
        return governance;
    }

    private void refuseUnknown(Fields fields) {
        Set<UserId> ids = new TreeSet<>();
        Set<Long> accounts = new TreeSet<>();
        people.stream()
                .filter(each ->
                        each.account().filter(number -> !accounts.add(number)).isPresent())
                .forEach(each -> fields.refuse(
                        "people",
                        "people: the account of " + each.id() + " is somebody else's too",
                        "Give every account to one person."));
        people.stream()
                .filter(each -> !ids.add(each.id()))
                .forEach(each -> fields.refuse(
                        "people", "people: " + each.id() + " is there twice", "Write one entry with all addresses."));
        Map<String, UserId> addresses = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        people.forEach(person -> person.emails().forEach(email -> {
            UserId other = addresses.putIfAbsent(email, person.id());
            if (other != null && !other.equals(person.id())) {
                fields.refuse(
                        "people",
                        "people: " + email + " belongs to " + other + " and to " + person.id(),
                        "Give every address to one person.");
            }
        }));
        approvals.forEach((kind, need) -> need.role()
                .filter(role -> !roles.containsKey(role) && !teams.containsKey(role))
                .ifPresent(role -> fields.refuse(
                        "approvals",
                        "approvals." + kind + ".role is " + role + ", which is under neither 'roles' nor 'teams'",
                        "Add the role, or name another.")));
    }

    void write(MappingBuilder node) {
        node.list("people", people.stream().map(Person::toNode).toList());
        MappingBuilder holders = new MappingBuilder();
        roles.forEach((role, ids) -> holders.put(
                role,
                MappingBuilder.sequence(
                        ids.stream().map(each -> MappingBuilder.textNode(each)).toList())));
        if (!roles.isEmpty()) {
            node.put("roles", holders.build());
        }
        MappingBuilder groups = new MappingBuilder();
        teams.forEach((role, paths) -> groups.put(
                role,
                MappingBuilder.sequence(paths.stream()
                        .map(each -> MappingBuilder.textNode(each))
                        .toList())));
        if (!teams.isEmpty()) {
            node.put("teams", groups.build());
        }
        MappingBuilder needs = new MappingBuilder();
        approvals.forEach((kind, need) -> needs.put(kind, need.toNode()));
        if (!approvals.isEmpty()) {
            node.put("approvals", needs.build());
        }
    }
}
