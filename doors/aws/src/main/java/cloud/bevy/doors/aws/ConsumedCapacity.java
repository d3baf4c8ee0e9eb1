package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.Page;
import cloud.bevy.services.tables.SecondaryIndex;
import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.WriteOutcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// How many capacity units a request would have cost: what `ReturnConsumedCapacity` asks for
/// (Developer Guide, "DynamoDB provisioned capacity mode"). Nothing is charged.
final class ConsumedCapacity {
  private static final double WRITE_UNIT = 1024;
  private static final int TRANSACTED = 2;
  private static final String UNITS = "CapacityUnits";

  private ConsumedCapacity() {}

  /// Whether the request asks for it.
  static boolean wanted(Parameters parameters) {
    return !parameters.text("ReturnConsumedCapacity", "NONE").equals("NONE");
  }

  /// The units of a read of so many bytes.
  static double ofRead(long bytes, boolean consistent) {
    return Math.max(1, Math.ceil(bytes / (double) Page.UNIT)) * (consistent ? 1 : 0.5);
  }

  /// The units of a write that makes an item of `before` bytes one of `after`.
  static double ofWrite(long before, long after) {
    return Math.max(1, Math.ceil(Math.max(before, after) / WRITE_UNIT));
  }

  /// Whether it is said of which kind units are.
  enum Kind {
    /// It is not.
    UNTOLD,
    /// A transaction read.
    READ,
    /// A transaction wrote.
    WRITE
  }

  /// What a request cost of a table.
  ///
  /// @param table of the table itself
  /// @param indexes of its indexes, by index
  /// @param kind the same for the table and its indexes
  record Units(double table, SequencedMap<SecondaryIndex, Double> indexes, Kind kind) {
    Units(double table, SequencedMap<SecondaryIndex, Double> indexes) {
      this(table, indexes, Kind.UNTOLD);
    }

    /// Nothing of any index.
    static Units ofTable(double units) {
      return new Units(units, new LinkedHashMap<>());
    }

    /// What a transaction costs for the same: twice as much.
    Units transacted(Kind told) {
      SequencedMap<SecondaryIndex, Double> product = new LinkedHashMap<>(indexes);
      product.replaceAll((_, units) -> units * TRANSACTED);
      return new Units(table * TRANSACTED, product, told);
    }

    /// A read of a page of a table or an index. What an index has not is read from the table, which
    /// costs for each item (Developer Guide, "Provisioned throughput considerations for local
    /// secondary indexes").
    static Units ofPage(@Nullable SecondaryIndex index, Page page, boolean consistent) {
      double units = ConsumedCapacity.ofRead(page.bytes(), consistent);
      if (index == null) {
        return ofTable(units);
      }
      SequencedMap<SecondaryIndex, Double> indexes = new LinkedHashMap<>();
      indexes.put(index, units);
      return new Units(page.fetched() * (consistent ? 1 : 0.5), indexes);
    }

    /// A write of one item, which costs of an index where that shows a change.
    static Units ofWrite(TableDefinition table, WriteOutcome.Written written) {
      SequencedMap<SecondaryIndex, Double> indexes = new LinkedHashMap<>();
      for (SecondaryIndex index : table.indexes()) {
        double units = ofWrite(table, index, written);
        if (units > 0) {
          indexes.put(index, units);
        }
      }
      int before = ItemAnswer.size(written.before());
      return new Units(ConsumedCapacity.ofWrite(before, ItemAnswer.size(written.after())), indexes);
    }

    private static double ofWrite(
        TableDefinition table, SecondaryIndex index, WriteOutcome.Written written) {
      StoredItem before = written.before();
      StoredItem after = written.after();
      Item old = index.shown(table.keys(), before == null ? null : before.item());
      Item next = index.shown(table.keys(), after == null ? null : after.item());
      if (Objects.equals(old, next)) {
        return 0;
      }
      int oldSize = old == null ? 0 : old.size();
      int nextSize = next == null ? 0 : next.size();
      boolean moved =
          old != null && next != null && !index.keys().keyOf(old).equals(index.keys().keyOf(next));
      return moved
          ? ConsumedCapacity.ofWrite(oldSize, 0) + ConsumedCapacity.ofWrite(0, nextSize)
          : ConsumedCapacity.ofWrite(oldSize, nextSize);
    }

    /// Both together.
    Units plus(Units other) {
      SequencedMap<SecondaryIndex, Double> sum = new LinkedHashMap<>(indexes);
      other.indexes.forEach((index, units) -> sum.merge(index, units, Double::sum));
      return new Units(table + other.table, sum, kind);
    }

    double total() {
      return table + indexes.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /// Writes the answer's member for one table, if the request asks for it.
  static void write(JsonGenerator json, Parameters parameters, String table, double units)
      throws IOException {
    write(json, parameters, table, Units.ofTable(units));
  }

  /// Writes the answer's member for one table and its indexes, if the request asks for it.
  static void write(JsonGenerator json, Parameters parameters, String table, Units units)
      throws IOException {
    if (wanted(parameters)) {
      json.writeFieldName("ConsumedCapacity");
      writeTable(json, parameters, table, units);
    }
  }

  /// Writes the answer's member for several tables, if the request asks for it.
  static void write(JsonGenerator json, Parameters parameters, Map<String, Units> units)
      throws IOException {
    if (wanted(parameters)) {
      json.writeArrayFieldStart("ConsumedCapacity");
      for (Map.Entry<String, Units> table : units.entrySet()) {
        writeTable(json, parameters, table.getKey(), table.getValue());
      }
      json.writeEndArray();
    }
  }

  private static void writeTable(
      JsonGenerator json, Parameters parameters, String table, Units units) throws IOException {
    json.writeStartObject();
    json.writeStringField("TableName", table);
    writeUnits(json, units.total(), units.kind());
    if (parameters.needed("ReturnConsumedCapacity").equals("INDEXES")) {
      json.writeObjectFieldStart("Table");
      writeUnits(json, units.table(), units.kind());
      json.writeEndObject();
      writeIndexes(json, "LocalSecondaryIndexes", units, false);
      writeIndexes(json, "GlobalSecondaryIndexes", units, true);
    }
    json.writeEndObject();
  }

  private static void writeUnits(JsonGenerator json, double units, Kind kind) throws IOException {
    json.writeNumberField(UNITS, units);
    switch (kind) {
      case READ -> json.writeNumberField("Read" + UNITS, units);
      case WRITE -> json.writeNumberField("Write" + UNITS, units);
      case UNTOLD -> {}
    }
  }

  private static void writeIndexes(JsonGenerator json, String member, Units units, boolean global)
      throws IOException {
    if (units.indexes().keySet().stream().noneMatch(index -> index.global() == global)) {
      return;
    }
    json.writeObjectFieldStart(member);
    for (Map.Entry<SecondaryIndex, Double> index : units.indexes().entrySet()) {
      if (index.getKey().global() == global) {
        json.writeObjectFieldStart(index.getKey().name());
        writeUnits(json, index.getValue(), units.kind());
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }
}
