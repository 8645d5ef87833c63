package io.modelgate.host;

import io.modelgate.finding.Checked;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.YamlReader;
import io.modelgate.manifest.YamlWriter;
import io.modelgate.policy.Review;
import java.util.Locale;
import java.util.Optional;

/**
 * What a reviewer said: the content of the newest commit of their ref.
 *
 * @param review who, what and about which head
 * @param text words; may be empty
 */
record ReviewEvent(Review review, String text) {
    static final String FILE = "review.yaml";

    static Checked<ReviewEvent> read(SourceFile file) {
        return YamlReader.read(file).then(node -> {
            Fields fields = Fields.of(node);
            Optional<UserId> by = fields.parsed("by", UserId::new);
            Optional<CommitId> commit = fields.parsed("commit", CommitId::new);
            Optional<Review.State> state = fields.parsed(
                    "state",
                    word -> Review.State.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
            String text = fields.optionalText("text").orElse("");
            return fields.build(() ->
                    new ReviewEvent(new Review(by.orElseThrow(), state.orElseThrow(), commit.orElseThrow()), text));
        });
    }

    SourceFile toFile() {
        return SourceFile.of(
                FILE,
                YamlWriter.write(new MappingBuilder()
                        .text("by", review.by())
                        .text("state", review.state().word())
                        .text("commit", review.commit())
                        .text("text", Optional.of(text).filter(words -> !words.isEmpty()))
                        .build()));
    }
}
