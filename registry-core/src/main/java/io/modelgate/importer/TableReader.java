package io.modelgate.importer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.modelgate.finding.Place;
import io.modelgate.manifest.FindingList;
import io.modelgate.manifest.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads CSV with a header line. */
final class TableReader {
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_CELLS = 1_000_000;

    private TableReader() {}

    /** The table; empty, with findings noted, when something is wrong. */
    static Optional<Source.Table> read(String path, String text, FindingList findings) {
        try {
            return table(path, text, findings);
        } catch (CsvParseException e) {
            findings.add(
                    "import/csv",
                    Place.file(path),
                    "not valid CSV: " + e.getMessage(),
                    "Write the file again with the tool; it may have been cut off.");
            return Optional.empty();
        }
    }

    private static Optional<Source.Table> table(String path, String text, FindingList findings) {
        Iterator<CsvRecord> records = CsvReader.builder().ofCsvRecord(text).iterator();
        if (!records.hasNext()) {
            return Optional.empty();
        }
        List<String> header = records.next().getFields();
        Set<String> columns = new LinkedHashSet<>(header);
        if (columns.size() < header.size()) {
            findings.add("import/duplicate-key", Place.at(path, 1, 1), "a column is there twice", "Keep one of them.");
            return Optional.empty();
        }
        List<Node.Mapping> rows = new ArrayList<>();
        while (records.hasNext()) {
            CsvRecord record = records.next();
            rows.add(row(path, header, record));
            if (rows.size() > MOST_ROWS || rows.size() * header.size() > MOST_CELLS) {
                findings.add(
                        "import/limit",
                        Place.at(path, (int) record.getStartingLineNumber(), 1),
                        "there are more than " + (rows.size() - 1) + " rows",
                        "Give a table of groups, not of people.");
                return Optional.empty();
            }
        }
        return Optional.of(new Source.Table(path, columns, rows));
    }

    private static Node.Mapping row(String path, List<String> header, CsvRecord record) {
        Place place = Place.at(path, (int) record.getStartingLineNumber(), 1);
        Map<String, Node> cells = new LinkedHashMap<>();
        Map<String, Place> keys = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String cell = record.getField(i);
            cells.put(header.get(i), cell.isEmpty() ? new Node.Null(place) : new Node.Text(place, cell));
            keys.put(header.get(i), place);
        }
        return new Node.Mapping(place, cells, keys);
    }
}
