package io.modelgate.manifest;

import io.modelgate.finding.Checked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was said about the versions of a model after they were registered; entries are only ever appended.
 *
 * @param model the model
 * @param entries the entries, oldest first
 */
public record Lifecycle(ModelName model, List<LifecycleEntry> entries) {
    public Lifecycle {
        entries = List.copyOf(entries);
    }

    /** Reads and checks a {@code lifecycle.yaml}. */
    public static Checked<Lifecycle> read(SourceFile file) {
        return Documents.read(Kind.LIFECYCLE, file).then(root -> of(root, file.path()));
    }

    /** Reads a {@code lifecycle.yaml} that was checked before it was merged. */
    public static Checked<Lifecycle> readTrusted(SourceFile file) {
        return Documents.readTrusted(Kind.LIFECYCLE, file).then(root -> of(root, file.path()));
    }

    private static Checked<Lifecycle> of(Node.Mapping root, String path) {
        Fields fields = Fields.of(root);
        Optional<ModelName> model = fields.parsed("model", ModelName::parse);
        List<LifecycleEntry> entries = fields.children("entries").stream()
                .flatMap(each -> LifecycleEntry.of(each).stream())
                .toList();
        PathCheck.expect(fields, path, RegistryPath.LifecycleFile.class, "model", RegistryPath.LifecycleFile::model);
        return fields.build(() -> new Lifecycle(model.orElseThrow(), entries));
    }

    /** Whether an entry says this of the version. */
    public boolean has(Version version, LifecycleAction action) {
        return entries.stream().anyMatch(each -> each.version().equals(version) && each.action() == action);
    }

    /** Whether the version must not be promoted any more. */
    public boolean isYanked(Version version) {
        return has(version, LifecycleAction.YANK);
    }

    /** The latest entry about a version. */
    public Optional<LifecycleEntry> latest(Version version) {
        return entries.stream().filter(each -> each.version().equals(version)).reduce((earlier, later) -> later);
    }

    /** With one more entry. */
    public Lifecycle with(LifecycleEntry entry) {
        List<LifecycleEntry> more = new ArrayList<>(entries);
        more.add(entry);
        return new Lifecycle(model, more);
    }

    /** The fields, as the file has them. */
    public Node.Mapping toNode() {
        return new MappingBuilder()
                .text("model", model)
                .put(
                        "entries",
                        MappingBuilder.sequence(
                                entries.stream().map(LifecycleEntry::toNode).toList()))
                .build();
    }

    /** The file in its place in the registry. */
    public SourceFile toFile() {
        return SourceFile.of(new RegistryPath.LifecycleFile(model).path(), YamlWriter.write(Kind.LIFECYCLE, toNode()));
    }
}
