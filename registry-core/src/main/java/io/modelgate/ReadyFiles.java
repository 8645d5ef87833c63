package io.modelgate;

import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The files that a new registry starts with, unless it is made from others. */
final class ReadyFiles {
    private static final Map<HostConfig.Kind, List<String>> CI = Map.of(
            HostConfig.Kind.GITEA, List.of("ci/gitea.yaml", ".gitea/workflows/modelgate.yaml"),
            HostConfig.Kind.FORGEJO, List.of("ci/gitea.yaml", ".gitea/workflows/modelgate.yaml"),
            HostConfig.Kind.GITHUB, List.of("ci/github.yaml", ".github/workflows/modelgate.yaml"),
            HostConfig.Kind.GITLAB, List.of("ci/gitlab.yml", ".gitlab-ci.yml"),
            HostConfig.Kind.BITBUCKET, List.of("ci/bitbucket.yml", "bitbucket-pipelines.yml"));

    private ReadyFiles() {}

    /** A policy that asks for documentation everywhere, and one that asks for a second person in the last stage. */
    static List<SourceFile> of(RegistryConfig config) {
        List<Stage> stages = config.stages();
        String all = stages.stream().map(Stage::name).collect(Collectors.joining(", "));
        return List.of(
                config.toFile(),
                ready("README.md", "README.md", "", ""),
                ready("policies/documented.yaml", "policies/documented.yaml", "[dev, uat, prod]", "[" + all + "]"),
                ready("policies/release.yaml", "policies/release.yaml", "LAST_STAGE", last(config)));
    }

    /**
     * The same, with what a Git host and its CI read.
     *
     * @param address the registry's address, without a secret
     */
    static List<SourceFile> of(RegistryConfig config, String address) {
        List<SourceFile> files = new ArrayList<>(of(config));
        files.add(ready("CODEOWNERS", "CODEOWNERS", "LAST_STAGE", last(config)));
        files.add(ready("Jenkinsfile", "Jenkinsfile", "", ""));
        List<String> ci = Objects.requireNonNull(CI.get(config.host().kind()));
        files.add(ready(ci.get(0), ci.get(1), "ADDRESS", address));
        return files;
    }

    private static String last(RegistryConfig config) {
        return config.stages().get(config.stages().size() - 1).name();
    }

    private static SourceFile ready(String resource, String path, String placeholder, String value) {
        try (InputStream stream = ReadyFiles.class.getResourceAsStream("/modelgate/init/" + resource)) {
            String text = new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
            return SourceFile.of(path, placeholder.isEmpty() ? text : text.replace(placeholder, value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
