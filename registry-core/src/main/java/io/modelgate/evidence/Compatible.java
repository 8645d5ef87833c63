package io.modelgate.evidence;

import java.text.Normalizer;
import java.util.stream.IntStream;

/** A text in the letters that are searched for (NFKC): TODO in letters of full width is TODO for a reader. */
final class Compatible {
    private final String text;
    private final int[] origins;

    private Compatible(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    static Compatible of(String written) {
        if (Normalizer.isNormalized(written, Normalizer.Form.NFKC)) {
            return new Compatible(
                    written, IntStream.rangeClosed(0, written.length()).toArray());
        }
        StringBuilder text = new StringBuilder();
        IntStream.Builder origins = IntStream.builder();
        int point;
        for (int i = 0; i < written.length(); i += Character.charCount(point)) {
            point = written.codePointAt(i);
            String one = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
            text.append(one);
            for (int j = 0; j < one.length(); j++) {
                origins.add(i);
            }
        }
        return new Compatible(
                text.toString(), origins.add(written.length()).build().toArray());
    }

    String text() {
        return text;
    }

    /** Where a character, or the end, stands in the text as it was written. */
    int origin(int at) {
        return origins[at];
    }
}
