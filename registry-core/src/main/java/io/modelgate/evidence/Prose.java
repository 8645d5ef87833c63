package io.modelgate.evidence;

import io.modelgate.finding.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;

/** The visible text of one block, put together from its parts, which remember where they were. */
final class Prose {
    private final StringBuilder text = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();
    private final BitSet unsaid = new BitSet();

    private record Part(int offset, SourceSpan span) {}

    void add(String piece, Node from) {
        List<SourceSpan> spans = from.getSourceSpans();
        if (!spans.isEmpty()) {
            parts.add(new Part(text.length(), spans.get(0)));
        }
        text.append(piece);
    }

    /** The same, of text that says nothing: a closed element hides it at first, or it is a way to another section. */
    void addUnsaid(String piece, Node from) {
        unsaid.set(text.length(), text.length() + piece.length());
        add(piece, from);
    }

    /** What is said and seen at once, with spaces in the place of what only fills it. */
    String said(List<Placeholders.Match> fillers) {
        StringBuilder said = new StringBuilder(Placeholders.blanked(text(), fillers));
        unsaid.stream().forEach(each -> said.setCharAt(each, ' '));
        return said.toString();
    }

    String text() {
        return text.toString();
    }

    /** Where the character at an offset is, as exactly as escapes allow. */
    Place place(int offset, CardPlaces places) {
        int low = 0;
        int high = parts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (parts.get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return parts.isEmpty()
                ? places.unknown()
                : places.of(parts.get(low).span(), offset - parts.get(low).offset());
    }
}
