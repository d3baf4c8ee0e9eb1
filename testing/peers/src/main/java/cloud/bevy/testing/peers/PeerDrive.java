package cloud.bevy.testing.peers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A drive of a [Peer].
public final class PeerDrive {
  private final Thing thing;
  private final byte[] key;

  PeerDrive(Peer peer, String as, JsonNode opened) {
    this.thing = new Thing(peer, as);
    this.key =
        HexFormat.of().parseHex(opened.path("db").path("key").asText(opened.path("key").asText()));
  }

  /// What a drive says of a path.
  ///
  /// @param target of a symbolic link; empty where it is a file
  /// @param size in bytes; of a symbolic link it is 0
  public record Entry(String path, boolean executable, String target, long size) {
    static Entry of(JsonNode said) {
      JsonNode value = said.get("value");
      return new Entry(
          said.get("key").asText(),
          value.path("executable").asBoolean(),
          value.path("linkname").asText("").replace("null", ""),
          value.path("blob").path("byteLength").asLong());
    }
  }

  /// The bytes of a file, or a part of them.
  ///
  /// @param text of it, where it is small
  public record Bytes(long size, String sha256, String text) {
    static Bytes of(JsonNode said) {
      return new Bytes(
          said.get("size").asLong(), said.get("sha256").asText(), said.path("text").asText(""));
    }
  }

  /// The key from which it is read.
  public byte[] key() {
    return key.clone();
  }

  /// Asks the others how long it is, until it has that version.
  ///
  /// @return its version then
  public long awaitVersion(long version) {
    return thing.awaitVersion("drive.update", version);
  }

  /// Writes a small file.
  ///
  /// @return the drive's version then
  public long put(String path, String text, boolean executable) {
    return thing
        .ask("drive.put", "path", path, "text", text, "executable", executable)
        .get("version")
        .asLong();
  }

  /// Writes a large file: so much of [Content] in pieces of a mebibyte.
  public long put(String path, int seed, long size) {
    return thing.ask("drive.put", "path", path, "seed", seed, "size", size).get("version").asLong();
  }

  /// Makes a symbolic link.
  public long link(String path, String target) {
    return thing.ask("drive.link", "path", path, "target", target).get("version").asLong();
  }

  /// Deletes a path.
  public long delete(String path) {
    return thing.ask("drive.delete", "path", path).get("version").asLong();
  }

  /// What is at a path.
  public Optional<Entry> entry(String path) {
    JsonNode entry = thing.ask("drive.entry", "path", path).get("entry");
    return entry.isNull() ? Optional.empty() : Optional.of(Entry.of(entry));
  }

  /// All below a folder, in order.
  public List<Entry> list(String folder) {
    List<Entry> entries = new ArrayList<>();
    thing
        .ask("drive.list", "folder", folder)
        .get("entries")
        .forEach(entry -> entries.add(Entry.of(entry)));
    return entries;
  }

  /// Reads a file.
  public Bytes read(String path) {
    return Bytes.of(thing.ask("drive.read", "path", path));
  }

  /// Reads a file as it was in that version of the drive.
  public Bytes readAt(long version, String path) {
    return Bytes.of(thing.ask("drive.read", "path", path, "version", version));
  }

  /// Reads the bytes from `start` to `end`, both included.
  public Bytes read(String path, long start, long end) {
    return Bytes.of(thing.ask("drive.read", "path", path, "start", start, "end", end));
  }

  /// How many blocks of its blobs are there.
  public long blocksHere() {
    return thing.ask("drive.info").get("blobs").get("contiguous").asLong();
  }
}
