package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TransactAction;
import cloud.bevy.services.tables.TransactOutcome;
import cloud.bevy.services.tables.WriteOutcome;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is answered to transactions.
final class TransactAnswer {
  /// How much the items of one transaction may be together.
  static final long MOST_BYTES = 4L * 1024 * 1024;

  private TransactAnswer() {}

  /// What a transaction does that is not carried out.
  ///
  /// @param shown whether an action that fails is to show the item it failed on
  /// @return what was written; nothing where that was done before
  /// @throws DynamoRefusal if it was not carried out
  static List<WriteOutcome.Written> done(TransactOutcome outcome, List<Boolean> shown) {
    return switch (outcome) {
      case TransactOutcome.Done(List<WriteOutcome.Written> written) -> written;
      case TransactOutcome.OtherRequest() -> throw DynamoRefusal.otherRequest();
      case TransactOutcome.Cancelled(List<TransactOutcome.Reason> reasons) -> {
        List<TransactOutcome.Reason> told = new ArrayList<>();
        for (int at = 0; at < reasons.size(); at++) {
          TransactOutcome.Reason reason = reasons.get(at);
          StoredItem item = shown.get(at) ? reason.current() : null;
          told.add(new TransactOutcome.Reason(reason.code(), reason.message(), item));
        }
        throw DynamoRefusal.transactionCancelled(told);
      }
    };
  }

  /// Writes the whole answer to a transaction that wrote.
  static void write(
      DynamoCall call, List<TransactAction> actions, List<WriteOutcome.Written> written)
      throws IOException {
    JsonGenerator json = call.json();
    json.writeStartObject();
    ConsumedCapacity.write(json, call.parameters(), units(actions, written));
    writeCollections(call, actions, written);
    json.writeEndObject();
  }

  /// What a transaction that wrote cost of each table. One that was done before only read.
  static Map<String, ConsumedCapacity.Units> units(
      List<TransactAction> actions, List<WriteOutcome.Written> written) {
    Map<String, ConsumedCapacity.Units> units = new LinkedHashMap<>();
    for (int at = 0; at < actions.size(); at++) {
      TableDefinition table = actions.get(at).table().description().definition();
      ConsumedCapacity.Units cost =
          written.isEmpty()
              ? ofRead(null)
              : ConsumedCapacity.Units.ofWrite(table, written.get(at))
                  .transacted(ConsumedCapacity.Kind.WRITE);
      units.merge(table.name(), cost, ConsumedCapacity.Units::plus);
    }
    return units;
  }

  /// What it costs that a transaction reads an item.
  ///
  /// @param item null for none
  static ConsumedCapacity.Units ofRead(@Nullable StoredItem item) {
    double units = ConsumedCapacity.ofRead(ItemAnswer.size(item), true);
    return ConsumedCapacity.Units.ofTable(units).transacted(ConsumedCapacity.Kind.READ);
  }

  private static void writeCollections(
      DynamoCall call, List<TransactAction> actions, List<WriteOutcome.Written> written)
      throws IOException {
    Set<TableDefinition> tables = new LinkedHashSet<>();
    actions.forEach(action -> tables.add(action.table().description().definition()));
    tables.removeIf(table -> !ItemCollections.wanted(call.parameters(), table));
    if (tables.isEmpty() || written.isEmpty()) {
      return;
    }
    call.json().writeObjectFieldStart("ItemCollectionMetrics");
    for (TableDefinition table : tables) {
      call.json().writeArrayFieldStart(table.name());
      for (int at = 0; at < actions.size(); at++) {
        WriteOutcome.Written write = written.get(at);
        StoredItem item = write.after() == null ? write.before() : write.after();
        boolean here = actions.get(at).table().description().definition().equals(table);
        if (here && item != null) {
          ItemCollections.write(call.json(), table, item);
        }
      }
      call.json().writeEndArray();
    }
    call.json().writeEndObject();
  }

  /// Writes the reasons of a cancelled transaction as a value.
  static void writeReasons(JsonGenerator json, List<TransactOutcome.Reason> reasons)
      throws IOException {
    json.writeStartArray();
    for (TransactOutcome.Reason reason : reasons) {
      json.writeStartObject();
      json.writeStringField("Code", reason.code().word());
      if (!reason.message().isEmpty()) {
        json.writeStringField("Message", reason.message());
      }
      StoredItem current = reason.current();
      if (current != null) {
        json.writeFieldName("Item");
        ItemAnswer.write(json, current, null);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
