package io.modelgate.policy;

import io.modelgate.evidence.Card;
import io.modelgate.evidence.Placeholder;
import io.modelgate.evidence.Section;
import io.modelgate.finding.Place;
import io.modelgate.finding.Text;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.RegistryPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The model card says what it must.
 *
 * @param sections titles of sections that must be there
 * @param frontMatter keys that must say something
 * @param minWords words that each of the sections must have at least
 * @param placeholders whether text of a template that was left to be replaced may stand; not when it does not say
 */
public record CardRequirement(
        List<String> sections, List<String> frontMatter, int minWords, Optional<Boolean> placeholders)
        implements Requirement {
    private static final int SHOWN_PLACEHOLDERS = 5;
    private static final int MOST_WORDS = 10_000;

    public CardRequirement {
        sections = List.copyOf(sections);
        frontMatter = List.copyOf(frontMatter);
    }

    static Optional<CardRequirement> of(Fields fields) {
        long words = Bounds.integer(fields, "minWords", 1, MOST_WORDS).orElse(1L);
        Optional<Boolean> placeholders = fields.optionalText("placeholders").map("allow"::equals);
        return Optional.of(
                new CardRequirement(fields.texts("sections"), fields.texts("frontMatter"), (int) words, placeholders));
    }

    @Override
    public String title() {
        return "model card";
    }

    @Override
    public List<String> details() {
        List<String> details = new ArrayList<>();
        if (!sections.isEmpty()) {
            details.add("sections: " + String.join(", ", sections));
        }
        if (!frontMatter.isEmpty()) {
            details.add("front matter: " + String.join(", ", frontMatter));
        }
        details.add("what a template left is " + (refusesPlaceholders() ? "refused" : "allowed"));
        return details;
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        if (!sections.isEmpty() || !frontMatter.isEmpty()) {
            return List.of();
        }
        if (!refusesPlaceholders()) {
            return List.of(Doubt.neverFails("it asks for no section and no key, and allows what a template left"));
        }
        return placeholders.isPresent()
                ? List.of()
                : List.of(new Doubt(
                        "asks-little",
                        "asks for no section and no key, only that there is a card without what a template left.",
                        "Name sections, or write placeholders: refuse if that is all."));
    }

    @Override
    public Judgement judge(JudgeContext context) {
        Place file = Place.file(new RegistryPath.CardFile(context.evidence().id()).path());
        if (context.evidence().card().isEmpty()) {
            return Judgement.fail("no card", bound(), file, "There is no model card.", "Write card.md.");
        }
        Card card = context.evidence().card().get();
        List<Judgement.Problem> problems = new ArrayList<>();
        List<String> missing =
                sections.stream().filter(title -> card.section(title).isEmpty()).toList();
        if (!missing.isEmpty()) {
            problems.add(missing(card.place(), missing));
        }
        sections.stream().flatMap(title -> card.section(title).stream()).forEach(each -> checkSection(each, problems));
        checkRepeated(card, problems);
        frontMatter.stream()
                .filter(key -> !card.says(key))
                .forEach(key -> problems.add(Judgement.Problem.of(
                        card.place(),
                        "The front matter says nothing under '" + key + "'.",
                        "Write '" + key + ": …' between the two --- lines.")));
        if (refusesPlaceholders()) {
            card.placeholders().stream()
                    .limit(SHOWN_PLACEHOLDERS)
                    .forEach(each ->
                            problems.add(placeholder(each, card.placeholders().size())));
        }
        String value = problems.isEmpty()
                ? card.sections().size() + " sections, " + card.words() + " words"
                : problems.size() == 1 ? "1 thing is missing" : problems.size() + " things are missing";
        return Judgement.of(value, bound(), file, problems);
    }

    private static Judgement.Problem missing(Place card, List<String> titles) {
        String quoted = titles.stream().map(title -> "'" + title + "'").collect(Collectors.joining(", "));
        return titles.size() == 1
                ? Judgement.Problem.of(
                        card,
                        "The card has no section " + quoted + ".",
                        "Write '## " + titles.get(0) + "' and what belongs there.")
                : Judgement.Problem.of(
                        card,
                        "The card has none of the sections " + quoted + ".",
                        "Write '## " + titles.get(0) + "' and so on, and what belongs there.");
    }

    private void checkSection(Section section, List<Judgement.Problem> problems) {
        String has = "The section '" + section.title() + "' has " + section.words() + " words";
        if (section.words() < minWords) {
            problems.add(Judgement.Problem.of(
                    section.place(),
                    has + "; at least " + minWords + " are needed.",
                    "Write what a reader must know."));
        } else if (section.distinct() < distinctWords()) {
            problems.add(Judgement.Problem.of(
                    section.place(),
                    has + ", but only " + section.distinct() + " different; at least " + distinctWords()
                            + " are needed.",
                    "Write what a reader must know."));
        }
    }

    private boolean refusesPlaceholders() {
        return !placeholders.orElse(false);
    }

    /** The same text under two headings answers one of the questions at most. */
    private void checkRepeated(Card card, List<Judgement.Problem> problems) {
        List<Section> asked = sections.stream()
                .flatMap(title -> card.section(title).stream())
                .distinct()
                .toList();
        for (Section each : asked) {
            asked.subList(0, asked.indexOf(each)).stream()
                    .filter(before ->
                            each.repeats(before) && !card.isInside(each, before) && !card.isInside(before, each))
                    .findFirst()
                    .ifPresent(before -> problems.add(Judgement.Problem.of(
                            each.place(),
                            "The same text stands under '" + before.title() + "' and '" + each.title() + "'.",
                            "Write under each what a reader must know of it.")));
        }
    }

    /** Filler repeats itself: a third of the words that are asked must differ. */
    private int distinctWords() {
        return (minWords + 2) / 3;
    }

    private static Judgement.Problem placeholder(Placeholder found, int all) {
        String more = all > SHOWN_PLACEHOLDERS ? " (" + all + " in all)" : "";
        return Judgement.Problem.of(
                found.place(),
                "'" + Text.excerpt(found.text(), 60) + "' was left to be replaced" + more + ".",
                "Write what belongs there.");
    }

    @Override
    public String bound() {
        return sections.size() + " sections of " + minWords + " words or more";
    }
}
