package io.modelgate.cli;

import picocli.CommandLine.Command;

/** {@code modelgate evidence}: what is known about a version, and how other tools' reports get there. */
@Command(
        name = "evidence",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Show what is known about a version, or import what another tool measured.",
        subcommands = {EvidenceShowVerb.class, EvidenceImportVerb.class})
final class EvidenceGroup {}
