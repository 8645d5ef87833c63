package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Characters;
import io.modelgate.manifest.FindingList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/** The Markdown of a card: its sections, how much they say, and what in it a reader would not see. */
final class CardText extends AbstractVisitor {
    static final int MOST_PLACEHOLDERS = 100;
    /** Deeper quotes, lists and emphasis are read as plain text. */
    private static final int DEEPEST = 32;

    /** LaTeX that takes room without being seen, or is white on white. */
    private static final Pattern HIDDEN_FORMULA = Pattern.compile(
            "\\\\[hv]?phantom\\b"
                    + "|\\\\(?:text)?color\\s{0,9}(?:\\[[^\\[\\]]{0,20}\\]\\s{0,9})?\\{?\\s{0,9}"
                    + "(?i:(?:\\w{0,9}white|transparent|snow|ivory)\\b|#?(?:f{6}|f{3})\\b|1(?:\\.0{0,9})?,\\s?1(?:\\.0{0,9})?,\\s?1|255,\\s?255,\\s?255)\\s{0,9}\\}?");

    private final boolean plain;
    private final FindingList findings;
    private final CardPlaces places;
    private final CardLinks links;
    private final CardHtml html;
    private final CardReferences references = new CardReferences();
    private final Outline outline = new Outline();
    private final List<Placeholder> placeholders = new ArrayList<>();
    private Prose prose = new Prose();
    private Optional<Heading> heading = Optional.empty();
    private boolean inTable;
    private boolean inHollowTable;

    private CardText(String path, String markdown, boolean plain, FindingList findings) {
        this.plain = plain;
        this.findings = findings;
        this.places = new CardPlaces(path, markdown);
        this.links = new CardLinks(findings);
        this.html = new CardHtml(findings, links);
    }

    /** @param plain whether the file has no hidden characters, so that only entities can make them */
    static CardText read(String path, String markdown, boolean plain, FindingList findings) {
        CardText text = new CardText(path, markdown, plain, findings);
        for (Node node = text.parser().parse(markdown); node != null; node = next(node)) {
            if (node instanceof Block || node instanceof TableCell) {
                text.endBlock();
                text.inTable = node instanceof TableCell;
                text.inHollowTable = node instanceof TableBlock ? isHollow(node) : text.inTable && text.inHollowTable;
            }
            node.accept(text);
        }
        text.endBlock();
        return text;
    }

    private Parser parser() {
        return Parser.builder()
                .extensions(List.of(TablesExtension.create()))
                .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                .maxOpenBlockParsers(DEEPEST)
                .maxInlineNesting(DEEPEST)
                .linkProcessor(references)
                .build();
    }

    List<Section> sections() {
        return outline.sections();
    }

    int words() {
        return outline.words();
    }

    List<Placeholder> placeholders() {
        return placeholders;
    }

    /** The next node in the order of the text; what a picture says when it is not shown is left out. */
    private static @Nullable Node next(Node node) {
        if (node.getFirstChild() != null && !(node instanceof Image)) {
            return node.getFirstChild();
        }
        Node up = node;
        while (up != null && up.getNext() == null) {
            up = up.getParent();
        }
        return up == null ? null : up.getNext();
    }

    /** Nothing: {@link #next} goes to the children, without recursion. */
    @Override
    protected void visitChildren(Node parent) {}

    @Override
    public void visit(Heading node) {
        heading = Optional.of(node);
    }

    @Override
    public void visit(Text node) {
        say(node.getLiteral(), node);
    }

    @Override
    public void visit(Code node) {
        say(node.getLiteral(), node);
    }

    private void say(String text, Node node) {
        if (html.isFolded() || inHollowTable || isWayToAnotherSection(node)) {
            prose.addUnsaid(text, node);
        } else {
            prose.add(text, node);
        }
    }

    /** A table with a head and nothing under it. */
    private static boolean isHollow(Node table) {
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); part instanceof TableBody && row != null; row = row.getNext()) {
                for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                    if (cell.getFirstChild() != null) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean isWayToAnotherSection(Node node) {
        for (Node up = node; up != null && !(up instanceof Block); up = up.getParent()) {
            if (up instanceof Link link && link.getDestination().startsWith("#")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void visit(SoftLineBreak node) {
        prose.add(" ", node);
    }

    @Override
    public void visit(HardLineBreak node) {
        prose.add(" ", node);
    }

    @Override
    public void visit(HtmlInline node) {
        html.check(node.getLiteral(), line -> places.line(node, line));
    }

    @Override
    public void visit(HtmlBlock node) {
        html.check(node.getLiteral(), line -> places.line(node, line));
        visitLines(node.getLiteral(), node, 0);
    }

    @Override
    public void visit(FencedCodeBlock node) {
        visitLines(node.getLiteral(), node, 1);
    }

    @Override
    public void visit(IndentedCodeBlock node) {
        visitLines(node.getLiteral(), node, 0);
    }

    @Override
    public void visit(Link node) {
        links.check(node.getDestination(), places.of(node));
        links.title(node.getTitle(), places.of(node));
    }

    @Override
    public void visit(Image node) {
        links.check(node.getDestination(), places.of(node));
        links.title(node.getTitle(), places.of(node));
    }

    @Override
    public void visit(LinkReferenceDefinition node) {
        links.check(node.getDestination(), places.of(node));
        if (!references.isReferredTo(node)) {
            findings.warn(
                    "card/comment",
                    places.of(node),
                    "a link definition that nothing refers to; readers of the card do not see it",
                    "Delete it, or say it aloud.");
        }
    }

    /** Code and HTML: searched for placeholders line by line, but no prose. */
    private void visitLines(String literal, Node node, int first) {
        String visible = node instanceof HtmlBlock ? CardHtml.withoutComments(literal) : literal;
        boolean isFormula = !(node instanceof FencedCodeBlock code)
                || code.getInfo().strip().toLowerCase(Locale.ROOT).startsWith("math");
        int line = first;
        for (String each : visible.split("\n", -1)) {
            Place place = places.line(node, line++);
            Placeholders.in(each).forEach(match -> add(match, place));
            if (isFormula) {
                checkFormulas(each, match -> place);
            }
        }
    }

    private void endBlock() {
        String text = prose.text();
        List<Placeholders.Match> matches = Placeholders.in(text);
        matches.forEach(match -> add(match, prose.place(match.start(), places)));
        checkHidden(text);
        checkFormulas(text, match -> prose.place(match, places));
        Optional<Heading> title = heading.filter(each -> each.getParent() instanceof Document);
        if (title.isPresent()) {
            outline.heading(text.strip(), title.get().getLevel(), places.of(title.get()));
        } else if (heading.isEmpty()) {
            outline.prose(WordList.of(said(text, matches)));
        }
        heading = Optional.empty();
        prose = new Prose();
    }

    private void checkHidden(String text) {
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (plain && Characters.isInvisible(text, i)) {
                findings.add(
                        "card/hidden-character",
                        prose.place(i, places),
                        "the text holds the hidden character " + Characters.name(point),
                        "Delete it.");
            }
        }
    }

    /** Formulas, which many readers of Markdown draw. */
    private void checkFormulas(String text, IntFunction<Place> place) {
        Matcher hidden = HIDDEN_FORMULA.matcher(text);
        while (hidden.find()) {
            findings.add(
                    "card/hidden-text",
                    place.apply(hidden.start()),
                    "'" + hidden.group() + "' hides what a formula says",
                    "Say it aloud, or delete it.");
        }
    }

    private void add(Placeholders.Match match, Place place) {
        if (placeholders.size() < MOST_PLACEHOLDERS) {
            placeholders.add(new Placeholder(match.text(), place));
        }
    }

    /** What a block says. One of nothing but filler was left to be replaced, unless it is the cell of a table. */
    private String said(String text, List<Placeholders.Match> matches) {
        List<Placeholders.Match> fillers = Placeholders.fillers(text);
        String rest = Placeholders.blanked(text, fillers);
        if (!inTable
                && matches.isEmpty()
                && !fillers.isEmpty()
                && rest.codePoints().noneMatch(Character::isLetterOrDigit)) {
            add(fillers.get(0), prose.place(fillers.get(0).start(), places));
        }
        return prose.said(fillers);
    }
}
