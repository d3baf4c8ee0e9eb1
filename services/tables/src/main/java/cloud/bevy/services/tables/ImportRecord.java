package cloud.bevy.services.tables;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The catalogue's entry for an import, and what the bee of its table says of how far it is.
final class ImportRecord {
  private ImportRecord() {}

  static byte[] bytes(Import task) {
    ImportOrder order = task.order();
    TableDescription table =
        new TableDescription(order.table(), task.incarnation(), task.created());
    TextMembers members =
        TextMembers.create()
            .with("token", order.token())
            .with(order.from())
            .with("format", order.form().format())
            .with("compression", order.form().compression())
            .with("of", order.table().name())
            .with("table", new String(TableRecord.bytes(table), StandardCharsets.UTF_8))
            .with(task.end());
    ImportOrder.Csv csv = order.form().csv();
    if (csv != null) {
      members.with("columns", csv.header().size()).with("delimiter", csv.delimiter());
      for (int column = 0; column < csv.header().size(); column++) {
        members.with("column" + column, csv.header().get(column));
      }
    }
    return counted(members, task.counts()).bytes();
  }

  static Import read(String id, byte[] bytes) {
    TextMembers members = TextMembers.read(bytes);
    TableDescription table =
        TableRecord.read(
            members.text("of"), members.text("table").getBytes(StandardCharsets.UTF_8));
    ImportOrder order =
        new ImportOrder(
            members.text("token"),
            members.place(),
            new ImportOrder.Form(
                members.text("format"), members.textOrNull("compression"), csv(members)),
            table.definition());
    return new Import(
        id, order, table.incarnation(), table.created(), members.end(), counts(members));
  }

  private static ImportOrder.@Nullable Csv csv(TextMembers members) {
    if (!members.has("columns")) {
      return null;
    }
    List<String> header = new ArrayList<>();
    for (int column = 0; column < members.number("columns"); column++) {
      header.add(members.text("column" + column));
    }
    return new ImportOrder.Csv(members.textOrNull("delimiter"), header);
  }

  static byte[] bytes(ImportPosition position, ImportCounts counts) {
    TextMembers members =
        TextMembers.create()
            .with("object", position.object())
            .with("etag", position.etag())
            .with("records", position.records());
    return counted(members, counts).bytes();
  }

  static ImportPosition position(byte[] bytes) {
    TextMembers members = TextMembers.read(bytes);
    return new ImportPosition(
        members.text("object"),
        members.text("etag"),
        members.number("records"),
        members.number("bytes"));
  }

  static ImportCounts counts(byte[] bytes) {
    return counts(TextMembers.read(bytes));
  }

  private static TextMembers counted(TextMembers members, ImportCounts counts) {
    return members
        .with("imported", counts.imported())
        .with("errors", counts.errors())
        .with("bytes", counts.bytes());
  }

  private static ImportCounts counts(TextMembers members) {
    return new ImportCounts(
        members.number("imported"), members.number("errors"), members.number("bytes"));
  }
}
