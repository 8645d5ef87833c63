package io.modelgate.evidence;

import io.modelgate.finding.Place;
import java.util.List;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;

/** Where the parts of a card are. */
final class CardPlaces {
    /** In longer lines the column is not worked out. */
    private static final int LONGEST_LINE = 4096;

    private final String path;
    private final String markdown;

    CardPlaces(String path, String markdown) {
        this.path = path;
        this.markdown = markdown;
    }

    Place unknown() {
        return Place.file(path);
    }

    Place of(Node node) {
        return line(node, 0);
    }

    /** A line of a node of several lines, counted from 0. */
    Place line(Node node, int line) {
        List<SourceSpan> spans = node.getSourceSpans();
        return spans.isEmpty() ? unknown() : of(spans.get(Math.min(line, spans.size() - 1)), 0);
    }

    /** So many characters after the start of a span. */
    Place of(SourceSpan span, int offset) {
        int column = span.getColumnIndex() + offset;
        if (column > LONGEST_LINE) {
            return Place.at(path, span.getLineIndex() + 1, 0);
        }
        int lineStart = span.getInputIndex() - span.getColumnIndex();
        int here = Math.min(span.getInputIndex() + offset, markdown.length());
        return Place.at(path, span.getLineIndex() + 1, 1 + markdown.codePointCount(lineStart, here));
    }
}
