package io.modelgate.cli;

import picocli.CommandLine.Command;

/** {@code modelgate policy}: what people who write policies need. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Test policies, see what they would do, and why they apply.",
        subcommands = {PolicyTestVerb.class, PolicyImpactVerb.class, PolicyExplainVerb.class, PolicyLintVerb.class})
final class PolicyGroup {}
