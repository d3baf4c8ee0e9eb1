package cloud.bevy.services.messages;

import java.util.Arrays;

/// What a client is to be told next.
public sealed interface Outgoing {
  /// A message.
  ///
  /// @param quality how it comes, which is no better than asked for
  /// @param retained what it says of being retained
  /// @param duplicate whether the client may have it already
  /// @param packetId by which the client says that it has it; 0 for [Quality#AT_MOST_ONCE]
  /// @param identifiers of the subscriptions for which it comes
  record Publish(
      Message message,
      Quality quality,
      boolean retained,
      boolean duplicate,
      int packetId,
      int[] identifiers)
      implements Outgoing {
    @Override
    public boolean equals(Object other) {
      return other instanceof Publish that
          && message.equals(that.message)
          && quality == that.quality
          && retained == that.retained
          && duplicate == that.duplicate
          && packetId == that.packetId
          && Arrays.equals(identifiers, that.identifiers);
    }

    @Override
    public int hashCode() {
      return message.hashCode() + packetId;
    }
  }

  /// That the number of a message is free again, and that it is known to have arrived.
  record Release(int packetId) implements Outgoing {}
}
