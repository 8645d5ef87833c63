package io.modelgate.evidence;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.beta.LinkInfo;
import org.commonmark.parser.beta.LinkProcessor;
import org.commonmark.parser.beta.LinkResult;
import org.commonmark.parser.beta.Scanner;

/** Remembers which link reference definitions of a card something refers to: no reader sees the others. */
final class CardReferences implements LinkProcessor {
    private final Set<LinkReferenceDefinition> referred = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Looks at a link, and leaves the making of it to others. */
    @Override
    public LinkResult process(LinkInfo link, Scanner scanner, InlineParserContext context) {
        String label = link.label();
        if (link.destination() == null) {
            LinkReferenceDefinition definition = context.getDefinition(
                    LinkReferenceDefinition.class, label == null || label.isEmpty() ? link.text(scanner) : label);
            if (definition != null) {
                referred.add(definition);
            }
        }
        return LinkResult.none();
    }

    boolean isReferredTo(LinkReferenceDefinition definition) {
        return referred.contains(definition);
    }
}
