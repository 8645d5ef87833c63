package io.modelgate.manifest;

import com.networknt.schema.Error;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says each thing that is wrong with a document once, at its place. */
final class SchemaFindings {
    /** When several keywords object to one value, the first of these speaks. */
    private static final List<String> ORDER =
            List.of("type", "const", "enum", "minLength", "minItems", "minProperties", "format", "pattern");

    /** Nobody reads more, and a hostile document can have a million. */
    private static final int MOST_ERRORS = 1_000;

    private SchemaFindings() {}

    /** Findings with rule ids {@code schema/<keyword>}. */
    static List<Finding> findings(List<Error> errors, SchemaSource schemas, Node document) {
        List<SchemaFault> faults = errors.stream()
                .limit(MOST_ERRORS)
                .map(each -> SchemaFault.of(each, schemas))
                .sorted(Comparator.comparingInt(each -> rank(each.keyword())))
                .toList();
        Set<FieldPath> withUnknownKeys = faults.stream()
                .filter(each -> each.unknownKey().isPresent())
                .map(SchemaFault::at)
                .collect(Collectors.toSet());
        Set<FieldPath> misspelt = faults.stream()
                .flatMap(each -> each.meantKey().map(each.at()::then).stream())
                .collect(Collectors.toSet());
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (SchemaFault fault : faults) {
            boolean follows = fault.choice().isPresent()
                    ? withUnknownKeys.contains(fault.choice().get().at())
                    : misspelt.contains(fault.at().then(fault.missingKey().orElse("")));
            if (!follows) {
                findings.putIfAbsent(problem(fault), finding(fault, document));
            }
        }
        FindingList limited = new FindingList();
        limited.addAll(List.copyOf(findings.values()));
        return limited.list().stream().sorted().toList();
    }

    /** What makes two faults one problem. */
    private static String problem(SchemaFault fault) {
        if (fault.choice().isPresent()) {
            return "choice " + fault.choice().get().at() + fault.choice().get().keyword();
        }
        if (fault.missingKey().isPresent()) {
            return "missing " + fault.at().then(fault.missingKey().get());
        }
        return fault.key().map(key -> "key " + fault.at().then(key)).orElseGet(() -> "value " + fault.at());
    }

    private static Finding finding(SchemaFault fault, Node document) {
        SchemaMessage message = SchemaMessages.of(fault, document);
        String rule = "schema/" + fault.choice().map(SchemaChoice::keyword).orElse(fault.keyword());
        return Finding.block(rule, place(fault, document), message.text(), message.remedy());
    }

    /** The key when the finding is about a key that is there, else the value. */
    private static Place place(SchemaFault fault, Node document) {
        if (fault.choice().isPresent()) {
            SchemaChoice choice = fault.choice().get();
            List<String> present = choice.present(document);
            Node value = choice.at().nearest(document);
            return value instanceof Node.Mapping mapping && !present.isEmpty()
                    ? mapping.keyPlace(present.get(present.size() - 1))
                    : value.place();
        }
        Node value = fault.at().nearest(document);
        return value instanceof Node.Mapping mapping && fault.key().isPresent()
                ? mapping.keyPlace(fault.key().get())
                : value.place();
    }

    private static int rank(String keyword) {
        int index = ORDER.indexOf(keyword);
        return index < 0 ? ORDER.size() : index;
    }
}
