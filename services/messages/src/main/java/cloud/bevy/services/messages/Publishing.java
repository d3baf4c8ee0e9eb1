package cloud.bevy.services.messages;

import cloud.bevy.hyper.store.Ticket;
import java.util.Optional;

/// What became of a message.
public sealed interface Publishing {
  /// It is taken.
  ///
  /// @param receivers how many sessions it goes to
  /// @param ticket says when it is durable for those that last; nothing where none needs it to be
  record Taken(int receivers, Optional<Ticket> ticket) implements Publishing {}

  /// It is not: too much waits for somebody who is to have it, or is retained.
  record Full() implements Publishing {}

  /// It is not: whoever publishes has been cut off, or is connected elsewhere by now.
  record Gone() implements Publishing {}
}
