package io.modelgate.gate;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.policy.KindApprovals;
import io.modelgate.policy.Policies;
import io.modelgate.policy.PolicyTests;
import io.modelgate.policy.Waiver;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Policies, their tests or waivers change. The change is judged by the policies that it replaces; its tests must hold, and
 * whoever a new waiver names must have approved it.
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
        policies.value()
                .ifPresent(read -> PolicyTests.run(
                                context.merged(),
                                read,
                                context.registry(),
                                context.input().now())
                        .forEach(result -> judged.find(result.findings())));
        for (RegistryPath path : paths) {
            if (path instanceof RegistryPath.WaiverFile) {
                context.file(path)
                        .flatMap(file -> Waiver.readTrusted(file).value())
                        .ifPresent(waiver -> waiver(waiver, path, context, judged));
            }
        }
        context.approvals(kind(), subject(), judged);
    }

    private static void waiver(Waiver waiver, RegistryPath path, GateContext context, Judged judged) {
        judged.add(
                KindApprovals.judge(waiver, context.registry(), context.input().review()));
        if (waiver.expires()
                .isBefore(context.input().now().atZone(ZoneOffset.UTC).toLocalDate())) {
            judged.find(Finding.warn(
                    "gate/expired",
                    Place.file(path.path()),
                    "The waiver ended on " + waiver.expires() + ".",
                    "Give it a day to come, or take it out."));
        }
    }
}
