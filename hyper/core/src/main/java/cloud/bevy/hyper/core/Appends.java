package cloud.bevy.hyper.core;

import cloud.bevy.hyper.core.Tail.Added;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/// Copies or encrypts what is appended to a core, and hashes it, before the core's end is touched.
final class Appends {
  private final Tail tail;

  /// One task at a time encrypts, as each block is encrypted for the place where it will be.
  private final ReentrantLock encrypting = new ReentrantLock();

  Appends(Tail tail) {
    this.tail = tail;
  }

  /// Adds blocks to the core's open round.
  Added add(Addition addition, Optional<BlockCipher> cipher) {
    if (cipher.isPresent()) {
      return addEncrypted(cipher.get(), addition);
    }
    GivenBlocks kept = addition.given().kept();
    return tail.append(addition.with(addition.at(), kept), OptionalLong.empty(), kept.hashes());
  }

  /// Where the core was cut or appended to meanwhile, the blocks are encrypted once more: no nonce
  /// is used twice.
  private Added addEncrypted(BlockCipher cipher, Addition addition) {
    OptionalLong at = addition.at();
    encrypting.lock();
    try {
      while (true) {
        Tip tip = tail.tip();
        long start = at.orElse(tip.length());
        List<byte[]> stored = new ArrayList<>(addition.blocks().size());
        for (byte[] block : addition.blocks()) {
          stored.add(cipher.encrypt(start + stored.size(), tip.fork(), block));
        }
        GivenBlocks known = new GivenBlocks(stored, GivenBlocks.Kind.KEPT);
        try {
          return tail.append(
              addition.with(OptionalLong.of(start), known),
              OptionalLong.of(tip.fork()),
              known.hashes());
        } catch (CoreFault moved) {
          boolean again = at.isEmpty() || at.getAsLong() == tail.length();
          if (moved.kind() != CoreFault.Kind.MOVED || !again) {
            throw moved;
          }
        }
      }
    } finally {
      encrypting.unlock();
    }
  }

  /// Refuses what is too much for one append.
  static void checkSizes(List<byte[]> blocks) {
    if (blocks.isEmpty() || blocks.size() > Core.MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "an append has 1 to " + Core.MOST_BLOCKS + " blocks, not " + blocks.size());
    }
    long bytes = 0;
    for (byte[] block : blocks) {
      bytes += block.length;
      if (block.length > Core.MAXIMUM_BLOCK || bytes > Core.MOST_BYTES) {
        throw new IllegalArgumentException(
            "a block has at most "
                + Core.MAXIMUM_BLOCK
                + " bytes, and an append "
                + Core.MOST_BYTES);
      }
    }
  }
}
