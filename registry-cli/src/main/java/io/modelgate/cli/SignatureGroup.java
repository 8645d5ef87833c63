package io.modelgate.cli;

import picocli.CommandLine.Command;

/** {@code modelgate signature}: what signatures are worth. {@code modelgate sign} makes them. */
@Command(
        name = "signature",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Verify the signature of a version, a folder or a file, or add one that was made elsewhere.",
        subcommands = {SignatureVerifyVerb.class, SignatureAddVerb.class})
final class SignatureGroup {}
