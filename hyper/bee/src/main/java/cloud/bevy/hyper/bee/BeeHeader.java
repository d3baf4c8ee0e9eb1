package cloud.bevy.hyper.bee;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The first block of a bee's core: protobuf's `Header { string protocol = 1; Metadata metadata = 2
/// }` with `Metadata { bytes contentFeed = 1; bytes userData = 2 }`.
///
/// @param metadata what is said about the bee, if anything is
public record BeeHeader(Optional<Metadata> metadata) {
  private static final byte[] PROTOCOL = {'h', 'y', 'p', 'e', 'r', 'b', 'e', 'e'};
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  /// The header of a plain bee.
  public static final BeeHeader PLAIN = new BeeHeader(Optional.empty());

  /// The header of a bee with metadata that says nothing, as a drive's is.
  public static final BeeHeader WITH_EMPTY_METADATA =
      new BeeHeader(Optional.of(new Metadata(Optional.empty(), Optional.empty())));

  /// What is said about a bee.
  ///
  /// @param contentFeed the key of the core with the contents, in drives of old
  /// @param userData anything
  public record Metadata(Optional<byte[]> contentFeed, Optional<byte[]> userData) {}

  /// The block.
  public byte[] write() {
    byte[] inner = metadata.map(BeeHeader::write).orElse(null);
    int size = ProtobufWriter.fieldSize(PROTOCOL.length);
    size += inner == null ? 0 : ProtobufWriter.fieldSize(inner.length);
    ProtobufWriter writer = new ProtobufWriter(size).field(FIRST, PROTOCOL);
    if (inner != null) {
      writer.field(SECOND, inner);
    }
    return writer.finish();
  }

  private static byte[] write(Metadata metadata) {
    byte @Nullable [] first = metadata.contentFeed.orElse(null);
    byte @Nullable [] second = metadata.userData.orElse(null);
    int size = first == null ? 0 : ProtobufWriter.fieldSize(first.length);
    size += second == null ? 0 : ProtobufWriter.fieldSize(second.length);
    ProtobufWriter writer = new ProtobufWriter(size);
    if (first != null) {
      writer.field(FIRST, first);
    }
    if (second != null) {
      writer.field(SECOND, second);
    }
    return writer.finish();
  }

  /// Reads a core's first block.
  ///
  /// @return nothing where it is not the header of a bee
  public static Optional<BeeHeader> read(byte[] block) {
    try {
      Pair fields = Pair.read(block, 0, block.length);
      if (!Arrays.equals(fields.first, PROTOCOL)) {
        return Optional.empty();
      }
      if (fields.second == null) {
        return Optional.of(PLAIN);
      }
      Pair inner = Pair.read(fields.second, 0, fields.second.length);
      return Optional.of(
          new BeeHeader(
              Optional.of(
                  new Metadata(
                      Optional.ofNullable(inner.first), Optional.ofNullable(inner.second)))));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /// Both messages have two fields of bytes.
  private record Pair(byte @Nullable [] first, byte @Nullable [] second) {
    static Pair read(byte[] bytes, int start, int end) throws MalformedException {
      byte @Nullable [] first = null;
      byte @Nullable [] second = null;
      ProtobufReader reader = new ProtobufReader(bytes, start, end);
      while (reader.hasMore()) {
        long tag = reader.number();
        if (tag == (FIRST << 3 | ProtobufReader.BYTES)) {
          int from = reader.bytes();
          first = Arrays.copyOfRange(bytes, from, reader.position());
        } else if (tag == (SECOND << 3 | ProtobufReader.BYTES)) {
          int from = reader.bytes();
          second = Arrays.copyOfRange(bytes, from, reader.position());
        } else {
          reader.skip((int) tag & 7);
        }
      }
      return new Pair(first, second);
    }
  }
}
