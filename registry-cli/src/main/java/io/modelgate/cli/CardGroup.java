package io.modelgate.cli;

import picocli.CommandLine.Command;

/** {@code modelgate card}: model cards before they are registered. */
@Command(
        name = "card",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Draft a model card from what is known, or check one.",
        subcommands = {CardNewVerb.class, CardCheckVerb.class})
final class CardGroup {}
