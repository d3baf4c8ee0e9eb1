package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.core.Proof;

/// What two peers say to one another on the channel of a core: the ten messages of npm hypercore's
/// `lib/messages.js`.
sealed interface Message {
  /// What a peer has, and what it is ready to do.
  ///
  /// @param remoteLength the length that the receiver has, as far as the sender has heard
  /// @param canUpgrade whether the sender can prove a longer core to the receiver
  /// @param uploading whether the sender answers requests
  /// @param downloading whether the sender wants blocks
  /// @param manifest whether the sender knows who may sign the core
  /// @param allowPush whether the sender takes blocks that it has not asked for
  record Sync(
      long fork,
      long length,
      long remoteLength,
      boolean canUpgrade,
      boolean uploading,
      boolean downloading,
      boolean manifest,
      boolean allowPush)
      implements Message {}

  /// Asks for a proof.
  ///
  /// @param id by which the answer names the request; 0 where a conflict is suspected
  /// @param manifest whether the manifest is wanted too
  record Request(long id, long fork, Proof.Request wanted, boolean manifest, long priority)
      implements Message {}

  /// Takes a request back.
  record Cancel(long request) implements Message {}

  /// Answers a request with a proof.
  record Data(Proof.Message proof) implements Message {}

  /// Answers a request with nothing.
  ///
  /// @param reason [#NOT_AVAILABLE], [#INVALID], or 0 where none was given
  record NoData(long request, long reason) implements Message {
    static final long NOT_AVAILABLE = 1;
    static final long INVALID = 2;
  }

  /// Asks to be told which blocks of a range the peer has.
  ///
  /// @param any whether one block of it is enough
  record Want(long start, long length, boolean any) implements Message {}

  /// Takes a want back.
  record Unwant(long start, long length, boolean any) implements Message {}

  /// Says which blocks a peer has: bit `i` of word `w` is block `start + 32 w + i`.
  record Bitfield(long start, int[] words) implements Message {}

  /// Says that a peer has all blocks of a range, or none of them.
  record Range(boolean drop, long start, long length) implements Message {}

  /// What programs say to one another beside the protocol.
  ///
  /// @param name empty for the name of the extension message before
  record Extension(String name, byte[] payload) implements Message {}
}
