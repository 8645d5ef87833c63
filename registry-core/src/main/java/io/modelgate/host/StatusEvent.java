package io.modelgate.host;

import io.modelgate.finding.Checked;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlReader;
import io.modelgate.manifest.YamlWriter;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody's gate said of a head: the content of the newest commit of their ref.
 *
 * @param commit the head
 * @param status what was said
 */
record StatusEvent(CommitId commit, Status status) {
    static final String FILE = "status.yaml";

    static Checked<StatusEvent> read(SourceFile file) {
        return YamlReader.read(file).then(node -> {
            Fields fields = Fields.of(node);
            Optional<CommitId> commit = fields.parsed("commit", CommitId::new);
            Optional<Status.State> state =
                    fields.parsed("state", word -> Status.State.valueOf(word.toUpperCase(Locale.ROOT)));
            String description = fields.text("description");
            return fields.build(
                    () -> new StatusEvent(commit.orElseThrow(), new Status(state.orElseThrow(), description)));
        });
    }

    SourceFile toFile() {
        return SourceFile.of(
                FILE,
                YamlWriter.write(new MappingBuilder()
                        .text("commit", commit)
                        .text("state", status.state().word())
                        .text("description", status.description())
                        .build()));
    }
}
