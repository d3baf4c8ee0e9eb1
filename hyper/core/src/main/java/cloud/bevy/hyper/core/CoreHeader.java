package cloud.bevy.hyper.core;

import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.Arrays;

/// What the store keeps of a core beside its blocks, tree and head: docs/formats/core-header.md.
///
/// @param key 32 bytes
/// @param manifest which the key is the hash of
record CoreHeader(byte[] key, Manifest manifest) {
  static final int VERSION = 1;

  private static final byte[] MAGIC = {'c', 'o', 'r', 'e'};
  private static final int KEY = 32;

  byte[] encode() {
    return new Encoder().raw(MAGIC).uint(VERSION).fixed(key, KEY).buffer(manifest.encode()).bytes();
  }

  static CoreHeader decode(byte[] bytes) {
    try {
      return Decoder.whole(bytes, CoreHeader::read);
    } catch (MalformedException e) {
      throw new CoreFault(
          CoreFault.Kind.FOREIGN,
          "a core's header cannot be read: " + e.getMessage(),
          "start the version of the program that wrote it, or restore the core");
    }
  }

  private static CoreHeader read(Decoder from) throws MalformedException {
    if (!Arrays.equals(from.fixed(MAGIC.length), MAGIC)) {
      throw new MalformedException("it is not that of a core");
    }
    long version = from.uint();
    if (version != VERSION) {
      throw new MalformedException("its version is " + version + ", not " + VERSION);
    }
    return new CoreHeader(from.fixed(KEY), Manifest.decode(from.buffer()));
  }
}
