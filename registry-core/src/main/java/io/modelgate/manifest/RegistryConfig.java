package io.modelgate.manifest;

import io.modelgate.finding.Checked;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The configuration of a registry: {@code registry.yaml}.
 *
 * @param name its name
 * @param description what it holds
 * @param stages in the order of promotion
 * @param branch the branch that proposals are merged into
 * @param host where proposals are reviewed
 * @param stores where artifacts are; the first takes new ones
 * @param governance people, roles and approvals
 */
public record RegistryConfig(
        String name,
        Optional<String> description,
        List<Stage> stages,
        String branch,
        HostConfig host,
        List<StoreConfig> stores,
        Governance governance) {
    /** The branch unless the file names another. */
    public static final String DEFAULT_BRANCH = "main";

    private static final int MOST_STAGES = 16;
    private static final Pattern BRANCH =
            Pattern.compile("(?!.*(\\.\\.|//|/\\.|\\.lock(/|\\z)))[A-Za-z0-9][A-Za-z0-9._/-]{0,99}(?<![/.])");

    public RegistryConfig {
        Names.require("registry", name);
        stages = List.copyOf(stages);
        stores = List.copyOf(stores);
        if (stages.isEmpty() || stages.size() > MOST_STAGES || new HashSet<>(stages).size() < stages.size()) {
            throw new IllegalArgumentException("stages must be 1 to " + MOST_STAGES + " different names");
        }
        if (!BRANCH.matcher(branch).matches()) {
            throw new IllegalArgumentException("branch '" + branch + "' is not the name of a Git branch");
        }
        Set<String> names = new HashSet<>();
        if (stores.isEmpty() || !stores.stream().allMatch(each -> names.add(each.name()))) {
            throw new IllegalArgumentException("stores must be at least one, with different names");
        }
    }

    /** Reads and checks a {@code registry.yaml}. */
    public static Checked<RegistryConfig> read(SourceFile file) {
        return Documents.read(Kind.REGISTRY, file).then(RegistryConfig::of);
    }

    /** Reads a {@code registry.yaml} that was checked before it was merged. */
    public static Checked<RegistryConfig> readTrusted(SourceFile file) {
        return Documents.readTrusted(Kind.REGISTRY, file).then(RegistryConfig::of);
    }

    private static Checked<RegistryConfig> of(Node.Mapping root) {
        Fields fields = Fields.of(root);
        String name = fields.text("name");
        Optional<String> description = fields.optionalText("description");
        List<Stage> stages = fields.parsedList("stages", Stage::new);
        Optional<String> branch = fields.optionalText("branch");
        Optional<HostConfig> host = fields.optionalChild("host").flatMap(HostConfig::of);
        List<StoreConfig> stores =
                fields.children("stores").stream().map(StoreConfig::of).toList();
        Governance governance = Governance.of(fields);
        Set<String> names = new HashSet<>();
        stores.stream()
                .filter(each -> !names.add(each.name()))
                .forEach(each -> fields.refuse(
                        "stores", "stores: " + each.name() + " is there twice", "Give every store a name of its own."));
        return fields.build(() -> new RegistryConfig(
                name,
                description,
                stages,
                branch.orElse(DEFAULT_BRANCH),
                host.orElse(HostConfig.LOCAL),
                stores,
                governance));
    }

    /** Whether the registry has this stage. */
    public boolean has(Stage stage) {
        return stages.contains(stage);
    }

    /** The stage after this one; empty for the last and for one that is not there. */
    public Optional<Stage> next(Stage stage) {
        int index = stages.indexOf(stage);
        return index < 0 || index + 1 == stages.size() ? Optional.empty() : Optional.of(stages.get(index + 1));
    }

    /** The stage before this one; empty for the first and for one that is not there. */
    public Optional<Stage> previous(Stage stage) {
        int index = stages.indexOf(stage);
        return index < 1 ? Optional.empty() : Optional.of(stages.get(index - 1));
    }

    /** The store of this name. */
    public Optional<StoreConfig> store(String wanted) {
        return stores.stream().filter(each -> each.name().equals(wanted)).findFirst();
    }

    /** See {@link Governance#isBot}. */
    public boolean isBot(UserId user) {
        return governance.isBot(user);
    }

    /** See {@link Governance#personByEmail}. */
    public Optional<UserId> personByEmail(String email) {
        return governance.personByEmail(email);
    }

    /** See {@link Governance#holders}. */
    public Set<UserId> holders(String role) {
        return governance.holders(role);
    }

    /** See {@link Governance#approvalFor}. */
    public ApprovalNeed approvalFor(String kindOfChange) {
        return governance.approvalFor(kindOfChange);
    }

    /** The fields, as the file has them. */
    public Node.Mapping toNode() {
        MappingBuilder node = new MappingBuilder()
                .text("name", name)
                .text("description", description)
                .texts("stages", stages)
                .text("branch", branch)
                .put("host", host.toNode())
                .list("stores", stores.stream().map(StoreConfig::toNode).toList());
        governance.write(node);
        return node.build();
    }

    /** The file in its place in the registry. */
    public SourceFile toFile() {
        return SourceFile.of(new RegistryPath.RegistryFile().path(), YamlWriter.write(Kind.REGISTRY, toNode()));
    }
}
