package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Binary;
import cloud.bevy.services.tables.Decimal;
import cloud.bevy.services.tables.ImportOrder;
import cloud.bevy.services.tables.ImportedRecord;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.TableDefinition;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A file of comma-separated values. All values are strings, but for those of keys, which are what
/// the table says; what is empty is left out.
final class CsvLines implements ImportReader {
  private static final String COMMA = ",";

  private final CsvRow rows;
  private final Map<String, KeyType> types = new HashMap<>();
  private List<String> header;
  private boolean ended;

  /// @param table which is made
  CsvLines(ByteFeed feed, ImportOrder.Csv csv, TableDefinition table) {
    String delimiter = csv.delimiter();
    rows = new CsvRow(feed, (delimiter == null ? COMMA : delimiter).charAt(0));
    header = csv.header();
    for (SecondaryIndex index : table.indexes()) {
      index.keys().attributes().forEach(this::note);
    }
    table.keys().attributes().forEach(this::note);
  }

  private void note(KeyAttribute attribute) {
    types.put(attribute.name(), attribute.type());
  }

  @Override
  public Optional<ImportedRecord> next() throws IOException {
    while (!ended) {
      Optional<List<String>> row = rows.next();
      if (row.isEmpty()) {
        ended = true;
        return rows.malformed() ? broken("a row is malformed or too long") : Optional.empty();
      }
      if (!header.isEmpty()) {
        return Optional.of(record(row.get()));
      }
      header = row.get();
      if (header.contains("") || new HashSet<>(header).size() < header.size()) {
        return broken("the columns have no names, or two have one");
      }
    }
    return Optional.empty();
  }

  private Optional<ImportedRecord> broken(String reason) {
    ended = true;
    return Optional.of(new ImportedRecord.Broken(reason + ": the file is not read further"));
  }

  private ImportedRecord record(List<String> row) {
    if (row.size() != header.size()) {
      return new ImportedRecord.Broken(
          "a row has %d values for %d columns".formatted(row.size(), header.size()));
    }
    SequencedMap<String, AttributeValue> attributes = new LinkedHashMap<>();
    try {
      for (int column = 0; column < row.size(); column++) {
        if (!row.get(column).isEmpty()) {
          attributes.put(header.get(column), value(header.get(column), row.get(column)));
        }
      }
      return new ImportedRecord.Parsed(new Item(attributes));
    } catch (InvalidRequest | IllegalArgumentException invalid) {
      return new ImportedRecord.Broken("the value of a key is not of its type");
    }
  }

  private AttributeValue value(String column, String text) {
    return switch (types.getOrDefault(column, KeyType.S)) {
      case S -> new AttributeValue.S(text);
      case N -> new AttributeValue.N(Decimal.parse(text));
      case B -> new AttributeValue.B(Binary.of(Base64.getDecoder().decode(text)));
    };
  }
}
