package io.modelgate.cli;

import io.modelgate.finding.Finding;
import io.modelgate.host.ReceiveHook;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code modelgate host hook}: what the hook of a local host starts; Git speaks to it, not people. */
@Command(
        name = "hook",
        hidden = true,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Judge a push, as Git asks a hook to.")
final class HostHookCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "HOOK", description = "The one hook that there is: pre-receive.")
    private String hook = "";

    @Override
    public Integer call() {
        if (!hook.equals("pre-receive")) {
            throw new ParameterException(spec.commandLine(), "There is no hook " + hook + ". Use pre-receive.");
        }
        List<Finding> findings = ReceiveHook.judge(
                Path.of(System.getenv().getOrDefault("GIT_DIR", "."))
                        .toAbsolutePath()
                        .normalize(),
                new InputStreamReader(System.in, StandardCharsets.UTF_8),
                System.getenv(),
                System.getProperty("user.name", ""),
                Clock.systemUTC());
        findings.forEach(finding -> spec.commandLine().getErr().println(finding));
        return findings.stream().anyMatch(Finding::blocks) ? 1 : 0;
    }
}
