package cloud.bevy.hyper.drive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Entries as JavaScript's `JSON.stringify` writes them, members in hyperdrive's order. Members are
/// read in any order, and unknown ones skipped.
final class EntryCodec {
  /// What Java makes of bytes that are not UTF-8, among others.
  private static final char REPLACED = '\ufffd';

  private EntryCodec() {}

  static byte[] write(DriveEntry entry) {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"executable\":").append(entry.executable()).append(",\"linkname\":");
    entry.linkname().ifPresentOrElse(link -> quote(json, link), () -> json.append("null"));
    json.append(",\"blob\":");
    entry.blob().ifPresentOrElse(blob -> write(json, blob), () -> json.append("null"));
    json.append(",\"metadata\":").append(entry.metadata().orElse("null")).append('}');
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(StringBuilder json, BlobId blob) {
    json.append("{\"blockOffset\":").append(blob.blockOffset());
    json.append(",\"byteOffset\":").append(blob.byteOffset());
    json.append(",\"blockLength\":").append(blob.blockLength());
    json.append(",\"byteLength\":").append(blob.byteLength());
    json.append(blob.blockMap() ? ",\"blockMap\":true}" : "}");
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = "\"\\\b\f\n\r\t".indexOf(c);
      if (escape >= 0) {
        json.append('\\').append("\"\\bfnrt".charAt(escape));
      } else if (c < ' ') {
        json.append("\\u00").append(Character.forDigit(c >> 4, 16));
        json.append(Character.forDigit(c & 15, 16));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  static DriveEntry read(byte[] bytes) throws MalformedException {
    DriveEntry usual = UsualEntry.read(bytes);
    return usual == null ? readJson(bytes) : usual;
  }

  static DriveEntry readJson(byte[] bytes) throws MalformedException {
    JsonReader json = new JsonReader(utf8(bytes));
    Members members = new Members();
    json.object(name -> members.read(json, name));
    json.end();
    return new DriveEntry(
        members.executable,
        Optional.ofNullable(members.linkname),
        Optional.ofNullable(members.blob),
        Optional.ofNullable(members.metadata));
  }

  static String utf8(byte[] bytes) throws MalformedException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACED) < 0 ? text : strictUtf8(bytes);
  }

  private static String strictUtf8(byte[] bytes) throws MalformedException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("it is not UTF-8");
    }
  }

  private static BlobId readBlob(JsonReader json) throws MalformedException {
    long[] counts = new long[4];
    boolean[] map = new boolean[1];
    json.object(name -> {
      switch (name) {
        case "blockOffset" -> counts[0] = json.count();
        case "blockLength" -> counts[1] = json.count();
        case "byteOffset" -> counts[2] = json.count();
        case "byteLength" -> counts[3] = json.count();
        case "blockMap" -> map[0] = json.bool();
        default -> json.raw();
      }
    });
    return new BlobId(counts[0], counts[1], counts[2], counts[3], map[0]);
  }

  /// What was read so far.
  private static final class Members {
    private boolean executable;
    private @Nullable String linkname;
    private @Nullable BlobId blob;
    private @Nullable String metadata;

    void read(JsonReader json, String name) throws MalformedException {
      if (json.takeNull()) {
        return;
      }
      switch (name) {
        case "executable" -> executable = json.bool();
        case "linkname" -> linkname = json.string();
        case "blob" -> blob = readBlob(json);
        case "metadata" -> metadata = json.raw();
        default -> json.raw();
      }
    }
  }
}
