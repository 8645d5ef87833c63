package io.modelgate.policy;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.EntryMode;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All policies and waivers of one commit.
 *
 * @param policies by name
 * @param waivers by id
 * @param digest of everything that decides: registry.yaml, policies and waivers
 */
public record Policies(List<Policy> policies, List<Waiver> waivers, Digest digest) {
    public Policies {
        policies = List.copyOf(policies);
        waivers = List.copyOf(waivers);
    }

    /** No policy at all. */
    public static final Policies NONE = new Policies(List.of(), List.of(), Digest.of(""));

    /** A rule and the policy that has it. */
    public record Applicable(Policy policy, Rule rule) {}

    /** Reads what was checked before it was merged. */
    public static Checked<Policies> in(Snapshot snapshot) {
        return read(snapshot, Policy::readTrusted, Waiver::readTrusted);
    }

    /** Reads and fully checks a change of policies, together with what they name in the registry. */
    public static Checked<Policies> check(Snapshot snapshot, RegistryConfig registry) {
        return read(snapshot, Policy::read, Waiver::read)
                .then(policies -> Checked.of(policies, new PolicyReferences(policies, snapshot, registry).check()));
    }

    private static Checked<Policies> read(
            Snapshot snapshot,
            Function<SourceFile, Checked<Policy>> readPolicy,
            Function<SourceFile, Checked<Waiver>> readWaiver) {
        List<Finding> findings = new ArrayList<>();
        StringBuilder decided = new StringBuilder();
        snapshot.read(new RegistryPath.RegistryFile().path()).ifPresent(file -> remember(decided, file));
        List<Policy> policies = files(snapshot, "policies", RegistryPath.PolicyFile.class, decided, findings).stream()
                .flatMap(file -> keep(readPolicy.apply(file), findings).stream())
                .toList();
        List<Waiver> waivers = files(snapshot, "waivers", RegistryPath.WaiverFile.class, decided, findings).stream()
                .flatMap(file -> keep(readWaiver.apply(file), findings).stream())
                .toList();
        return Checked.of(new Policies(policies, waivers, Digest.of(decided.toString())), findings);
    }

    /** The files of a folder that have a place in it; one that is a link or the like would otherwise silently not count. */
    private static List<SourceFile> files(
            Snapshot snapshot,
            String folder,
            Class<? extends RegistryPath> type,
            StringBuilder decided,
            List<Finding> findings) {
        List<SourceFile> files = new ArrayList<>();
        for (TreeEntry entry : snapshot.list(folder)) {
            if (!type.isInstance(RegistryPath.of(entry.path()))) {
                continue;
            }
            if (entry.mode() == EntryMode.FILE) {
                SourceFile file = snapshot.read(entry);
                remember(decided, file);
                files.add(file);
            } else {
                findings.add(Finding.block(
                        "policy/file",
                        Place.file(entry.path()),
                        "This is not a regular file, so what it says would not count.",
                        "Put the document itself here, with mode 644."));
            }
        }
        return files;
    }

    private static <T> Optional<T> keep(Checked<T> read, List<Finding> findings) {
        findings.addAll(read.findings());
        return read.value();
    }

    /** Paths and digests of bytes; the digest over all of them is the identity of what decides. */
    private static void remember(StringBuilder decided, SourceFile file) {
        decided.append(file.path()).append('\0').append(file.digest()).append('\n');
    }

    /** The rules that hold for a model in a stage; several policies add up. */
    public List<Applicable> applying(Stage stage, Model model) {
        return policies.stream()
                .filter(policy -> policy.appliesTo().matches(stage, model))
                .flatMap(policy -> policy.rules().stream().map(rule -> new Applicable(policy, rule)))
                .toList();
    }

    /** Judges the rules that hold for the version of the context in its stage, as far as they are wanted. */
    public List<RuleResult> judge(JudgeContext context, Predicate<Rule> wanted) {
        return applying(context.stage(), context.evidence().model()).stream()
                .filter(each -> wanted.test(each.rule()))
                .map(each -> new RuleJudge(waivers, context).judge(each.policy(), each.rule()))
                .toList();
    }

    /** These policies alone, with all waivers. */
    public Policies only(Collection<String> names) {
        return new Policies(
                policies.stream()
                        .filter(policy -> names.contains(policy.name()))
                        .toList(),
                waivers,
                digest);
    }

    /** Whether a policy asks for something in this stage. */
    public boolean concern(Stage stage) {
        return policies.stream().anyMatch(policy -> policy.appliesTo().stages().contains(stage));
    }

    /** Whether others make other exceptions to the policy of this name. */
    public boolean waiversChange(String policy, Policies other) {
        return !waiversOf(policy).equals(other.waiversOf(policy));
    }

    private List<Waiver> waiversOf(String policy) {
        return waivers.stream()
                .filter(waiver -> waiver.rule().policy().equals(policy))
                .toList();
    }

    /** The policy of a name. */
    public Optional<Policy> policy(String name) {
        return policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
    }
}
