package io.modelgate.evidence;

import io.modelgate.finding.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the sections of a card and counts the words of each, with those of the sections inside it. */
final class Outline {
    /** Further headings are counted, but open no section. */
    static final int MOST_SECTIONS = 1000;

    private final List<Open> sections = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int words;

    private static final class Open {
        private final String title;
        private final int level;
        private final Place place;
        private final Set<String> distinct = new HashSet<>();
        private final StringBuilder said = new StringBuilder();
        private int words;

        Open(String title, int level, Place place) {
            this.title = title;
            this.level = level;
            this.place = place;
        }
    }

    void heading(String title, int level, Place place) {
        while (!open.isEmpty() && open.element().level >= level) {
            open.remove();
        }
        if (sections.size() < MOST_SECTIONS) {
            Open section = new Open(title, level, place);
            open.push(section);
            sections.add(section);
        }
    }

    void prose(List<String> said) {
        words += said.size();
        Set<String> distinct = Wording.distinct(said);
        for (Open each : open) {
            each.words += said.size();
            each.distinct.addAll(distinct);
            said.forEach(word -> each.said.append(word).append(' '));
        }
    }

    int words() {
        return words;
    }

    List<Section> sections() {
        return sections.stream()
                .map(each -> new Section(
                        each.title, each.level, each.words, each.distinct.size(), each.said.toString(), each.place))
                .toList();
    }
}
