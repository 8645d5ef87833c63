package io.modelgate.cli;

import picocli.CommandLine.Command;

/** {@code modelgate cache}: the bytes that pulls left on this machine for the next ones. */
@Command(
        name = "cache",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "See, verify and prune what pulls keep on this machine for the next ones.",
        subcommands = {CacheListVerb.class, CachePruneVerb.class, CacheVerifyVerb.class})
final class CacheGroup {}
