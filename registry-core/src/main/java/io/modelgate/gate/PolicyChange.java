package io.modelgate.gate;

import io.modelgate.finding.Checked;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.policy.Policies;
import io.modelgate.policy.PolicyTest;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Policies, their tests or waivers change. The change is judged by the policies that it replaces; its tests must hold.
 *
 * @param paths the files
 */
record PolicyChange(List<RegistryPath> paths) implements Change {
    PolicyChange {
        paths = List.copyOf(paths);
    }

    @Override
    public String kind() {
        return ChangeKind.POLICY.word();
    }

    @Override
    public String subject() {
        return paths.stream().map(RegistryPath::path).collect(Collectors.joining(", "));
    }

    @Override
    public void judge(GateContext context, Judged judged) {
        Checked<Policies> policies = Policies.check(context.merged(), context.registry());
        judged.find(policies.findings());
        policies.value().ifPresent(present -> {
            for (TreeEntry entry : context.merged().list("policies/tests")) {
                context.merged().read(entry.path()).ifPresent(file -> test(file, present, context, judged));
            }
        });
        context.approvals(kind(), subject(), judged);
    }

    private static void test(SourceFile file, Policies policies, GateContext context, Judged judged) {
        Checked<PolicyTest> test = PolicyTest.read(file);
        judged.find(test.findings());
        test.value()
                .ifPresent(present -> judged.find(present.run(
                        policies, context.registry(), context.input().now())));
    }
}
