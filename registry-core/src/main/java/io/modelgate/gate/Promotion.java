package io.modelgate.gate;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.Suggestion;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stage pointers of one stage move: all or none.
 *
 * @param stage the stage
 * @param pointers the pointers that move
 */
record Promotion(Stage stage, List<RegistryPath.PointerFile> pointers) implements Change {
    Promotion {
        pointers = List.copyOf(pointers);
    }

    @Override
    public String kind() {
        return ChangeKind.PROMOTION.word();
    }

    @Override
    public String subject() {
        return pointers.stream().map(pointer -> pointer.model().toString()).collect(Collectors.joining(", ")) + " to "
                + stage;
    }

    @Override
    public void judge(GateContext context, Judged judged) {
        if (!context.registry().has(stage)) {
            List<String> known =
                    context.registry().stages().stream().map(Stage::name).toList();
            judged.find(Finding.block(
                    "gate/stage",
                    Place.file(pointers.get(0).path()),
                    "There is no stage " + stage
                            + Suggestion.nearest(stage.name(), known)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("."),
                    "The stages are " + String.join(", ", known) + "."));
            return;
        }
        pointers.forEach(pointer -> new PointerMove(context, pointer, judged).judge());
        context.approvals(kind(), subject(), judged);
    }
}
