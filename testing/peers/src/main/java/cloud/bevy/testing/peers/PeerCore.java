package cloud.bevy.testing.peers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// A core of a [Peer].
public final class PeerCore {
  private final Thing thing;
  private final byte[] key;

  PeerCore(Peer peer, String as, JsonNode opened) {
    this.thing = new Thing(peer, as);
    this.key = HexFormat.of().parseHex(opened.get("key").asText());
  }

  /// What a peer said of a core.
  ///
  /// @param contiguous so many blocks from the first on are there
  /// @param rootHash in hexadecimal; empty where the core is
  public record Info(long length, long byteLength, long fork, long contiguous, String rootHash) {
    static Info of(JsonNode said) {
      return new Info(
          said.get("length").asLong(),
          said.get("byteLength").asLong(),
          said.get("fork").asLong(),
          said.get("contiguous").asLong(),
          said.get("rootHash").isNull() ? "" : said.get("rootHash").asText());
    }
  }

  /// The key from which it is read.
  public byte[] key() {
    return key.clone();
  }

  /// How it is.
  public Info info() {
    return Info.of(thing.ask("core.info"));
  }

  /// Appends blocks at once.
  public Info append(List<byte[]> blocks) {
    List<String> texts = blocks.stream().map(Base64.getEncoder()::encodeToString).toList();
    return Info.of(thing.ask("core.append", "blocks", texts));
  }

  /// Appends the blocks from `from` to `to` of [Content].
  public Info fill(int seed, int from, int to, int size) {
    return Info.of(
        thing.ask(
            Peer.LONG_PATIENCE, "core.fill", "seed", seed, "from", from, "to", to, "size", size));
  }

  /// Reads the blocks from `from` to `to`, which are waited for.
  ///
  /// @return how many are those of [Content]
  public int check(int seed, int from, int to, int size) {
    return thing
        .ask("core.check", "seed", seed, "from", from, "to", to, "size", size)
        .get("same")
        .asInt();
  }

  /// Reads a block, which is waited for.
  public byte[] read(long index) {
    return Base64.getDecoder().decode(thing.ask("core.get", "index", index).get("block").asText());
  }

  /// Reads a block, if it comes within that time.
  public boolean readable(long index, Duration time) {
    return !thing
        .ask("core.get", "index", index, "timeout", time.toMillis(), "orNothing", true)
        .get("block")
        .isNull();
  }

  /// Which block has that byte, and where in it.
  public long[] seek(long offset) {
    JsonNode found = thing.ask("core.seek", "offset", offset);
    return new long[] {found.get("index").asLong(), found.get("offset").asLong()};
  }

  /// Whether a block is there.
  public boolean has(long index) {
    return thing.ask("core.has", "from", index, "to", index + 1).get("has").asBoolean();
  }

  /// Cuts the core and raises its fork by one.
  public Info truncate(long length) {
    return Info.of(thing.ask("core.truncate", "length", length));
  }

  /// Forgets blocks.
  public Info clear(long from, long to) {
    return Info.of(thing.ask("core.clear", "from", from, "to", to));
  }

  /// Waits until all of the range is there.
  public Info download(long from, long to) {
    return Info.of(thing.ask(Peer.LONG_PATIENCE, "core.download", "from", from, "to", to));
  }

  /// Begins to download all there is and will be.
  public void follow() {
    thing.ask("core.download", "wait", false);
  }

  /// Asks the others how long the core is, and waits for what they say.
  public Info update() {
    return Info.of(thing.ask("core.update"));
  }

  /// Waits until it is so long.
  public Info awaitLength(long length) {
    return Info.of(thing.ask("core.await", "length", length));
  }

  /// Waits until so many blocks from the first on are there.
  public Info awaitContiguous(long blocks) {
    return Info.of(thing.ask("core.await", "contiguous", blocks));
  }

  /// Waits until it has that fork.
  public Info awaitFork(long fork) {
    return Info.of(thing.ask("core.await", "fork", fork));
  }
}
