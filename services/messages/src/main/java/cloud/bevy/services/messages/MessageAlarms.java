package cloud.bevy.services.messages;

import cloud.bevy.cluster.cloud.Cloud;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Ends sessions and publishes wills of clouds that have asked to be woken for that.
///
/// @param broker whose clouds they are
public record MessageAlarms(Broker broker) {
  static final String NAME = "messages";

  /// How soon a cloud is woken whose clients were there when the machine stopped without a word.
  static final Duration GLANCE = Duration.ofMinutes(10);

  /// Whether that is what an alarm is for.
  public static boolean asked(String name) {
    return name.equals(NAME);
  }

  /// Does what is to be done.
  ///
  /// @return when there will be something to do again
  public Optional<Instant> ring(Cloud cloud) {
    Messages messages = broker.of(cloud);
    Optional<Instant> next = messages.sweep();
    cloud.durable(messages.noted()); // as nobody asks again for what was done
    return next;
  }
}
