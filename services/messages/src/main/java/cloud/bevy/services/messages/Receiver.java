package cloud.bevy.services.messages;

/// The client of a [Connection], as its door sees it. Both are told while others wait: they do
/// nothing themselves but have it done.
public interface Receiver {
  /// There may be something to be told: [Connection#next].
  void ready();

  /// The connection is over, and nothing is told any more.
  void ended(Ending ending);

  /// Why a connection is over that its client has not ended.
  enum Ending {
    /// Another connection has come for the same client.
    TAKEN_OVER,
    /// The client is too slow for what it wants to hear of.
    TOO_SLOW,
    /// What is in memory is not what is on the disk.
    UNAVAILABLE,
    /// The cloud is closed.
    CLOSED
  }
}
