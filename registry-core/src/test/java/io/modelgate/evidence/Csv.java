package io.modelgate.evidence;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Reads the tables that the tests compare with. */
final class Csv {
    private Csv() {}

    static String text(String resource) {
        try (InputStream in = Csv.class.getResourceAsStream("/evidence/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Map<String, String>> rows(String resource) {
        return CsvReader.builder().ofNamedCsvRecord(text(resource)).stream()
                .map(NamedCsvRecord::getFieldsAsMap)
                .toList();
    }
}
