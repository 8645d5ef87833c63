package io.modelgate.manifest;

import java.util.List;
import java.util.Optional;

/**
 * What a version was made from.
 *
 * @param code the commit that trained it
 * @param datasets the data
 * @param base the version it was tuned from
 * @param run the training run
 */
public record Lineage(Optional<Code> code, List<Dataset> datasets, Optional<VersionId> base, Optional<Run> run) {
    public Lineage {
        datasets = List.copyOf(datasets);
    }

    /**
     * The code that made it.
     *
     * @param repository address of its Git repository
     * @param commit 40 hex digits
     */
    public record Code(String repository, String commit) {
        private static Code of(Fields fields) {
            return new Code(fields.text("repository"), fields.text("commit"));
        }

        private Node.Mapping toNode() {
            return new MappingBuilder()
                    .text("repository", repository)
                    .text("commit", commit)
                    .build();
        }
    }

    /**
     * A run of a training tool.
     *
     * @param tool such as {@code mlflow}
     * @param id the tool's id of the run
     * @param url where to look at it
     */
    public record Run(String tool, String id, Optional<String> url) {
        private static Run of(Fields fields) {
            return new Run(fields.text("tool"), fields.text("id"), fields.optionalText("url"));
        }

        private Node.Mapping toNode() {
            return new MappingBuilder()
                    .text("tool", tool)
                    .text("id", id)
                    .text("url", url)
                    .build();
        }
    }

    static Lineage of(Fields fields) {
        return new Lineage(
                fields.optionalChild("code").map(Code::of),
                fields.children("datasets").stream()
                        .flatMap(each -> Dataset.of(each).stream())
                        .toList(),
                fields.optionalChild("base").flatMap(Lineage::version),
                fields.optionalChild("run").map(Run::of));
    }

    Node.Mapping toNode() {
        return new MappingBuilder()
                .put("code", code.map(Code::toNode))
                .list("datasets", datasets.stream().map(Dataset::toNode).toList())
                .put("base", base.map(Lineage::version))
                .put("run", run.map(Run::toNode))
                .build();
    }

    private static Optional<VersionId> version(Fields fields) {
        Optional<ModelName> model = fields.parsed("model", ModelName::parse);
        Optional<Version> version = fields.parsed("version", Version::parse);
        return model.flatMap(name -> version.map(number -> new VersionId(name, number)));
    }

    private static Node.Mapping version(VersionId id) {
        return new MappingBuilder()
                .text("model", id.model())
                .text("version", id.version())
                .build();
    }
}
