package cloud.bevy.services.tables;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The catalogue's entries for an export and its files.
final class ExportRecord {
  private ExportRecord() {}

  static byte[] bytes(Export export) {
    ExportOrder order = export.order();
    ExportWindow window = order.window();
    TextMembers members =
        TextMembers.create()
            .with("arn", order.arn())
            .with("token", order.token())
            .with(order.to())
            .with("format", order.form().format())
            .with("encryption", order.form().encryption())
            .with("key", order.form().key())
            .with("wanted", order.moment())
            .with("of", export.table().name())
            .with("table", new String(TableRecord.bytes(export.table()), StandardCharsets.UTF_8))
            .with("from", export.from())
            .with("blocks", export.version())
            .with("moment", export.moment())
            .with("started", export.started())
            .with(export.end())
            .with("items", export.items())
            .with("bytes", export.bytes());
    if (window != null) {
      members
          .with("windowFrom", window.from())
          .with("windowTo", window.to())
          .with("oldImages", Boolean.toString(window.oldImages()));
    }
    return members.bytes();
  }

  static Export read(String id, byte[] bytes) {
    TextMembers members = TextMembers.read(bytes);
    ExportOrder order =
        new ExportOrder(
            members.text("arn"),
            members.text("token"),
            members.place(),
            new ExportOrder.Form(
                members.text("format"),
                members.textOrNull("encryption"),
                members.textOrNull("key")),
            members.momentOrNull("wanted"),
            window(members));
    return new Export(
        id,
        order,
        TableRecord.read(
            members.text("of"), members.text("table").getBytes(StandardCharsets.UTF_8)),
        members.number("from"),
        members.number("blocks"),
        members.moment("moment"),
        members.moment("started"),
        members.end(),
        members.number("items"),
        members.number("bytes"));
  }

  private static @Nullable ExportWindow window(TextMembers members) {
    return members.has("windowFrom")
        ? new ExportWindow(
            members.moment("windowFrom"),
            members.momentOrNull("windowTo"),
            Boolean.parseBoolean(members.text("oldImages")))
        : null;
  }

  /// @param last the key of the last item that is in it
  static byte[] bytes(ExportFile file, byte[] last) {
    return TextMembers.create()
        .with("object", file.object())
        .with("items", file.items())
        .with("bytes", file.bytes())
        .with("md5", file.md5())
        .with("etag", file.etag())
        .with("last", HexFormat.of().formatHex(last))
        .bytes();
  }

  static ExportFile file(byte[] bytes) {
    TextMembers members = TextMembers.read(bytes);
    return new ExportFile(
        members.text("object"),
        members.number("items"),
        members.number("bytes"),
        members.text("md5"),
        members.text("etag"));
  }

  static byte[] last(byte[] bytes) {
    return HexFormat.of().parseHex(TextMembers.read(bytes).text("last"));
  }
}
