package io.modelgate.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How constants of an enum are written in files: lower case, with hyphens. */
public final class Words {
    private Words() {}

    /** The word of a constant. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant of a word; throws {@link IllegalArgumentException} that lists the words there are. */
    public static <E extends Enum<E>> E parse(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(word)) {
                return constant;
            }
        }
        List<String> known =
                Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
        throw new IllegalArgumentException("'" + word + "' is not one of " + String.join(", ", known)
                + Suggestion.nearest(word, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(""));
    }
}
