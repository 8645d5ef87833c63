package io.modelgate.policy;

import io.modelgate.finding.Checked;
import io.modelgate.manifest.Documents;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.Kind;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a stage requires.
 *
 * @param name its name
 * @param description what it is for
 * @param appliesTo for which versions
 * @param rules what it requires
 */
public record Policy(String name, Optional<String> description, AppliesTo appliesTo, List<Rule> rules) {
    public Policy {
        rules = List.copyOf(rules);
    }

    /** Reads and checks a policy. */
    public static Checked<Policy> read(SourceFile file) {
        return Documents.read(Kind.POLICY, file).then(root -> of(root, file.path()));
    }

    /** Reads a policy that was checked before it was merged. */
    public static Checked<Policy> readTrusted(SourceFile file) {
        return Documents.readTrusted(Kind.POLICY, file).then(root -> of(root, file.path()));
    }

    private static Checked<Policy> of(Node.Mapping root, String path) {
        Fields fields = Fields.of(root);
        String name = fields.text("name");
        AppliesTo appliesTo = AppliesTo.of(fields.child("appliesTo"));
        List<Rule> rules = fields.children("rules").stream()
                .flatMap(rule -> Rule.of(rule).stream())
                .toList();
        Set<String> ids = new HashSet<>();
        rules.stream()
                .filter(rule -> !ids.add(rule.id()))
                .forEach(rule -> fields.refuse("rules", "Two rules have the id " + rule.id() + ".", "Rename one."));
        if (RegistryPath.of(path) instanceof RegistryPath.PolicyFile file
                && !file.name().equals(name)) {
            fields.refuse(
                    "name", "name is " + name + ", but the file is named " + file.name() + ".", "Make them the same.");
        }
        return fields.build(() -> new Policy(name, fields.optionalText("description"), appliesTo, rules));
    }

    /** The rule of an id. */
    public Optional<Rule> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }
}
