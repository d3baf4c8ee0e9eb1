package cloud.bevy.services.functions;

import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.DriveEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NoSuchElementException;

/// A file of an app, as it is in the app's drive.
///
/// @param blob where its bytes are
/// @param size how many bytes it has
/// @param tag the first half of its bytes' SHA-256, in hexadecimal digits
record StaticFile(BlobId blob, long size, String tag) {
  /// The entry in the drive.
  DriveEntry entry() {
    byte[] metadata = Json.bytes(Map.of("size", size, "tag", tag));
    return DriveEntry.file(blob).withMetadata(new String(metadata, StandardCharsets.UTF_8));
  }

  /// Reads what [#entry] made.
  static StaticFile of(BlobId blob, String metadata) {
    try {
      Section members =
          new Section("metadata", Json.object(metadata.getBytes(StandardCharsets.UTF_8)));
      return new StaticFile(blob, members.number("size"), members.text("tag").orElseThrow());
    } catch (IOException | Refusal | NoSuchElementException damaged) {
      throw FunctionFault.unreadableRecord("the metadata of a file: " + damaged);
    }
  }
}
