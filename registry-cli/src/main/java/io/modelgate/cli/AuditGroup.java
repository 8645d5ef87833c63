package io.modelgate.cli;

import picocli.CommandLine.Command;

/** {@code modelgate audit}: whether what the registry says is still so. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "See whether what the registry says is still so.",
        subcommands = {AuditBytesVerb.class})
final class AuditGroup {}
