package io.modelgate.policy;

import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.Stage;
import java.time.Instant;
import java.util.List;

/**
 * What is known when a requirement is looked at by itself.
 *
 * @param registry people, roles and stages
 * @param stages where the rule applies
 * @param now the time
 * @param measured what registered versions measure
 */
record LintContext(RegistryConfig registry, List<Stage> stages, Instant now, Measured measured) {
    LintContext {
        stages = List.copyOf(stages);
    }
}
