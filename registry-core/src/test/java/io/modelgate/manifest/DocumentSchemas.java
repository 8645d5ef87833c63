package io.modelgate.manifest;

import java.util.List;

/** The schemas that are not of a {@link Kind} of file: what people may put together, and what commands write for programs. */
final class DocumentSchemas {
    /** Their names. */
    static final List<String> NAMES = List.of(
            "version-facts",
            "evidence-document",
            "report",
            "doctor",
            "bytes-audit",
            "gc",
            "cache",
            "cache-prune",
            "cache-verify",
            "signature-verification",
            "push",
            "pull",
            "pull-verification",
            "init",
            "nothing-to-do",
            "closed");

    private DocumentSchemas() {}
}
