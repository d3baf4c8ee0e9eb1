package cloud.bevy.services.messages;

import java.util.Optional;

/// What a client says when it connects.
///
/// @param client its name, which its session goes by
/// @param clean whether what is known of it is to be forgotten
/// @param lifetime seconds that its session lasts when it is gone; 0 for not at all
/// @param window how many messages it takes before it has acknowledged one, at least 1
/// @param will what is published if it is lost
public record Hello(String client, boolean clean, long lifetime, int window, Optional<Will> will) {
  /// Has nothing last longer than it may.
  public Hello {
    lifetime = Math.min(lifetime, MessageLimits.LIFETIME);
    window = Math.min(window, MessageLimits.WINDOW);
  }
}
