package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.FindingList;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of attributes and groups are what they look like: policies ask for them by name. */
final class PlainName {
    private static final Set<UnicodeScript> ALIKE =
            Set.of(UnicodeScript.LATIN, UnicodeScript.CYRILLIC, UnicodeScript.GREEK, UnicodeScript.ARMENIAN);

    private PlainName() {}

    static void check(String what, String name, Place place, FindingList findings) {
        if (!name.equals(name.strip()) || !Normalizer.isNormalized(name, Normalizer.Form.NFKC)) {
            findings.add(
                    "fairness/name",
                    place,
                    "the name of the " + what + " '" + name + "' begins or ends with a blank, or has letters in a"
                            + " form that looks like others",
                    "Write it plainly: "
                            + Normalizer.normalize(name, Normalizer.Form.NFKC).strip() + ".");
            return;
        }
        Set<UnicodeScript> scripts = name.codePoints()
                .filter(Character::isLetter)
                .mapToObj(UnicodeScript::of)
                .filter(ALIKE::contains)
                .collect(Collectors.toSet());
        if (scripts.size() > 1) {
            findings.add(
                    "fairness/name",
                    place,
                    "the name of the " + what + " '" + name + "' mixes letters of alphabets that look alike",
                    "Write it in one alphabet.");
        }
    }
}
