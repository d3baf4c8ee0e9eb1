package cloud.bevy.testing.simulator;

import java.time.Duration;

/// How a simulated network treats what is sent.
///
/// @param leastDelay the shortest time under way
/// @param mostDelay the longest time under way; datagrams overtake each other within these two
/// @param lostPerMille how many of a thousand datagrams are lost
/// @param doubledPerMille how many of a thousand datagrams arrive twice
public record Weather(
    Duration leastDelay, Duration mostDelay, int lostPerMille, int doubledPerMille) {
  /// A local network on a good day: nothing is lost.
  public static final Weather FAIR =
      new Weather(Duration.ofNanos(50_000), Duration.ofMillis(1), 0, 0);

  /// The far end of a bad mobile connection.
  public static final Weather FOUL =
      new Weather(Duration.ofMillis(20), Duration.ofMillis(400), 100, 50);

  /// Checks the bounds.
  public Weather {
    if (leastDelay.isNegative() || mostDelay.compareTo(leastDelay) < 0) {
      throw new IllegalArgumentException("delays " + leastDelay + " to " + mostDelay);
    }
    if (lostPerMille < 0 || lostPerMille > 1000 || doubledPerMille < 0 || doubledPerMille > 1000) {
      throw new IllegalArgumentException("per mille of 0 to 1000");
    }
  }
}
