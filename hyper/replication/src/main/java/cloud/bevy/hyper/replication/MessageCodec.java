package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.core.Proof;
import cloud.bevy.hyper.core.Proof.Range;
import cloud.bevy.hyper.core.Proof.Spot;
import cloud.bevy.hyper.core.Proof.Wanted;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads and writes the messages of a core's channel, and its handshake.
final class MessageCodec {
  /// The most 32-block words in one bitfield: what npm hypercore asks for at once, 2^21 blocks.
  static final int MOST_WORDS = 1 << 16;

  /// The most bytes that the payload of an extension message may have.
  static final int MOST_PAYLOAD = 1 << 20;

  /// The most bytes of an extension's name.
  static final int MOST_NAME = 256;

  static final int SYNC = 0;
  static final int REQUEST = 1;
  static final int CANCEL = 2;
  static final int DATA = 3;
  static final int NO_DATA = 4;
  static final int WANT = 5;
  static final int UNWANT = 6;
  static final int BITFIELD = 7;
  static final int RANGE = 8;
  static final int EXTENSION = 9;

  private static final int BLOCK = 1;
  private static final int HASH = 2;
  private static final int SEEK = 4;
  private static final int UPGRADE = 8;
  private static final int MANIFEST = 16;
  private static final int PRIORITY = 32;

  private MessageCodec() {}

  /// The number by which the channel knows the message.
  static int type(Message message) {
    return switch (message) {
      case Message.Sync _ -> SYNC;
      case Message.Request _ -> REQUEST;
      case Message.Cancel _ -> CANCEL;
      case Message.Data _ -> DATA;
      case Message.NoData _ -> NO_DATA;
      case Message.Want _ -> WANT;
      case Message.Unwant _ -> UNWANT;
      case Message.Bitfield _ -> BITFIELD;
      case Message.Range _ -> RANGE;
      case Message.Extension _ -> EXTENSION;
    };
  }

  /// The body of a message in parts, so that no block is copied.
  static ByteBuffer[] parts(Message message) {
    return message instanceof Message.Data data
        ? data.proof().proof().parts(data.proof().request(), data.proof().manifest())
        : new ByteBuffer[] {ByteBuffer.wrap(encode(message))};
  }

  /// The body of a message.
  static byte[] encode(Message message) {
    Encoder to = new Encoder(32);
    switch (message) {
      case Message.Sync it -> writeSync(to, it);
      case Message.Request it -> writeRequest(to, it);
      case Message.Cancel it -> to.uint(it.request());
      case Message.Data it -> {
        return it.proof().proof().message(it.proof().request(), it.proof().manifest());
      }
      case Message.NoData it -> writeNoData(to, it);
      case Message.Want it -> writeWant(to.uint(it.start()).uint(it.length()), it.any());
      case Message.Unwant it -> writeWant(to.uint(it.start()).uint(it.length()), it.any());
      case Message.Bitfield it -> writeBitfield(to, it);
      case Message.Range it -> writeRange(to, it);
      case Message.Extension it -> to.string(it.name()).raw(it.payload());
    }
    return to.bytes();
  }

  /// Reads the body of a message. Bytes behind it are ignored, as in JavaScript: later versions may
  /// say more.
  ///
  /// @throws MalformedException also for a type that does not exist
  static Message read(int type, Decoder from) throws MalformedException {
    return switch (type) {
      case SYNC -> readSync(from);
      case REQUEST -> readRequest(from);
      case CANCEL -> new Message.Cancel(from.uint());
      case DATA -> new Message.Data(Proof.read(from));
      case NO_DATA -> new Message.NoData(from.uint(), flag(from, 1) ? from.uint() : 0);
      case WANT -> new Message.Want(from.uint(), from.uint(), flag(from, 1));
      case UNWANT -> new Message.Unwant(from.uint(), from.uint(), flag(from, 1));
      case BITFIELD -> readBitfield(from);
      case RANGE -> readRange(from);
      case EXTENSION -> readExtension(from);
      default -> throw new MalformedException("there is no message of type " + type);
    };
  }

  /// What each side says when it opens the channel.
  ///
  /// @param seeks whether it understands requests for a byte
  /// @param capability proves that it knows the core's key
  record Handshake(boolean seeks, byte[] capability) {
    byte[] encode() {
      return new Encoder(1 + Capability.BYTES)
          .uint(seeks ? 1 : 0)
          .fixed(capability, Capability.BYTES)
          .bytes();
    }

    static Handshake read(Decoder from) throws MalformedException {
      return new Handshake((from.uint() & 1) != 0, from.fixed(Capability.BYTES));
    }
  }

  private static void writeSync(Encoder to, Message.Sync it) {
    int flags =
        (it.canUpgrade() ? 1 : 0)
            | (it.uploading() ? 2 : 0)
            | (it.downloading() ? 4 : 0)
            | (it.manifest() ? 8 : 0)
            | (it.allowPush() ? 16 : 0);
    to.uint(flags).uint(it.fork()).uint(it.length()).uint(it.remoteLength());
  }

  private static Message readSync(Decoder from) throws MalformedException {
    long flags = from.uint();
    return new Message.Sync(
        from.uint(),
        from.uint(),
        from.uint(),
        (flags & 1) != 0,
        (flags & 2) != 0,
        (flags & 4) != 0,
        (flags & 8) != 0,
        (flags & 16) != 0);
  }

  private static void writeRequest(Encoder to, Message.Request it) {
    Proof.Request wanted = it.wanted();
    int flags =
        (wanted.block().isPresent() ? BLOCK : 0)
            | (wanted.hash().isPresent() ? HASH : 0)
            | (wanted.seek().isPresent() ? SEEK : 0)
            | (wanted.upgrade().isPresent() ? UPGRADE : 0)
            | (it.manifest() ? MANIFEST : 0)
            | (it.priority() > 0 ? PRIORITY : 0);
    to.uint(flags).uint(it.id()).uint(it.fork());
    wanted.block().ifPresent(block -> to.uint(block.index()).uint(block.nodes()));
    wanted.hash().ifPresent(hash -> to.uint(hash.index()).uint(hash.nodes()));
    wanted.seek().ifPresent(seek -> to.uint(seek.bytes()).uint(seek.padding()));
    wanted.upgrade().ifPresent(upgrade -> to.uint(upgrade.start()).uint(upgrade.length()));
    if (it.priority() > 0) {
      to.uint(it.priority());
    }
  }

  private static Message readRequest(Decoder from) throws MalformedException {
    long flags = from.uint();
    long id = from.uint();
    long fork = from.uint();
    Proof.Request wanted =
        new Proof.Request(
            has(flags, BLOCK) ? Optional.of(readWanted(from)) : Optional.empty(),
            has(flags, HASH) ? Optional.of(readWanted(from)) : Optional.empty(),
            has(flags, SEEK) ? Optional.of(new Spot(from.uint(), from.uint())) : Optional.empty(),
            has(flags, UPGRADE)
                ? Optional.of(new Range(from.uint(), from.uint()))
                : Optional.empty());
    long priority = has(flags, PRIORITY) ? from.uint() : 0;
    return new Message.Request(id, fork, wanted, has(flags, MANIFEST), priority);
  }

  private static Wanted readWanted(Decoder from) throws MalformedException {
    return new Wanted(from.uint(), from.uint());
  }

  private static void writeNoData(Encoder to, Message.NoData it) {
    to.uint(it.request()).uint(it.reason() > 0 ? 1 : 0);
    if (it.reason() > 0) {
      to.uint(it.reason());
    }
  }

  private static void writeWant(Encoder to, boolean any) {
    if (any) {
      to.uint(1);
    }
  }

  private static void writeBitfield(Encoder to, Message.Bitfield it) {
    to.uint(it.start()).uint(it.words().length);
    for (int word : it.words()) {
      to.uint32(Integer.toUnsignedLong(word));
    }
  }

  private static Message readBitfield(Decoder from) throws MalformedException {
    long start = from.uint();
    int count = from.uintUpTo(MOST_WORDS);
    if (count > from.remaining() / Integer.BYTES) {
      throw new MalformedException("a bitfield is longer than what is there");
    }
    int[] words = new int[count];
    for (int at = 0; at < count; at++) {
      words[at] = (int) from.uint32();
    }
    return new Message.Bitfield(start, words);
  }

  private static void writeRange(Encoder to, Message.Range it) {
    to.uint((it.drop() ? 1 : 0) | (it.length() == 1 ? 2 : 0)).uint(it.start());
    if (it.length() != 1) {
      to.uint(it.length());
    }
  }

  private static Message readRange(Decoder from) throws MalformedException {
    long flags = from.uint();
    return new Message.Range(has(flags, 1), from.uint(), has(flags, 2) ? 1 : from.uint());
  }

  private static Message readExtension(Decoder from) throws MalformedException {
    byte[] name = from.buffer();
    if (name.length > MOST_NAME || from.remaining() > MOST_PAYLOAD) {
      throw new MalformedException("an extension message is too large");
    }
    return new Message.Extension(new String(name, StandardCharsets.UTF_8), from.raw());
  }

  private static boolean has(long flags, int flag) {
    return (flags & flag) != 0;
  }

  /// A flag of those that were added later, so that they may be missing.
  private static boolean flag(Decoder from, int flag) throws MalformedException {
    return from.remaining() > 0 && has(from.uint(), flag);
  }
}
