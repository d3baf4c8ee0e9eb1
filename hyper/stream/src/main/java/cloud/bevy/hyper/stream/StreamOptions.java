package cloud.bevy.hyper.stream;

import java.time.Duration;

/// How patient a [SecretStream] is. Durations are those of [cloud.bevy.foundation.base.World]'s
/// clock.
///
/// @param handshake how long the handshake may take
/// @param keepAlive after how long without a message an empty one is sent; zero sends none
/// @param idle how long nothing may be heard before the stream is given up; zero waits for ever,
///   which is right for peers that send no keep-alives
/// @param write how long the other side may leave unread what was written
/// @param longest message that is taken, in bytes, at most [MessageStream#MAXIMUM_MESSAGE]
public record StreamOptions(
    Duration handshake, Duration keepAlive, Duration idle, Duration write, int longest) {
  /// What `hypercore` uses and its peers expect: keep-alives every five seconds.
  public static final StreamOptions STANDARD =
      new StreamOptions(
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          MessageStream.MAXIMUM_MESSAGE);

  /// Checks the bounds.
  public StreamOptions {
    if (!handshake.isPositive() || !write.isPositive()) {
      throw new IllegalArgumentException("a handshake and a write need time");
    }
    if (keepAlive.isNegative() || idle.isNegative()) {
      throw new IllegalArgumentException("a duration is negative");
    }
    if (longest < 0 || longest > MessageStream.MAXIMUM_MESSAGE) {
      throw new IllegalArgumentException("a message cannot have " + longest + " bytes");
    }
  }

  /// The same without keep-alives, and without a limit to silence.
  public StreamOptions silent() {
    return new StreamOptions(handshake, Duration.ZERO, Duration.ZERO, write, longest);
  }
}
