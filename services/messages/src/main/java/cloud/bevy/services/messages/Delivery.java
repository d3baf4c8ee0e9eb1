package cloud.bevy.services.messages;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message that waits for a session, or for the session's word that it has it.
final class Delivery {
  /// The place of what is not in the journal.
  static final long NOWHERE = -1;

  /// Never over.
  static final long NEVER = Long.MAX_VALUE;

  private static final int[] NONE = {};

  final long place;
  final int size;
  final Way way;

  /// When it is over, in milliseconds.
  final long expires;

  /// The message, where it is in memory.
  @Nullable Message message;

  /// The number by which the client knows it; 0 where it has none yet.
  int packetId;

  /// Whether the client may have it.
  boolean told;

  /// Whether the client has said that it has it, and is to be told to forget the number.
  boolean released;

  /// It may be sent once the journal is durable up to here.
  long gate;

  /// How a message comes to one session.
  ///
  /// @param identifiers of its subscriptions
  record Way(Quality quality, boolean retained, int[] identifiers) {
    static Way of(Quality quality, boolean retained, int identifier) {
      return new Way(quality, retained, identifier == 0 ? NONE : new int[] {identifier});
    }

    Way and(Way other) {
      int[] all = new int[identifiers.length + other.identifiers.length];
      System.arraycopy(identifiers, 0, all, 0, identifiers.length);
      System.arraycopy(other.identifiers, 0, all, identifiers.length, other.identifiers.length);
      return new Way(
          quality.most(other.quality) == quality ? other.quality : quality,
          retained || other.retained,
          all);
    }
  }

  Delivery(long place, int size, Way way, long expires) {
    this.place = place;
    this.size = size;
    this.way = way;
    this.expires = expires;
  }

  static Delivery of(Message message, long place, Way way) {
    Delivery delivery = new Delivery(place, message.size(), way, expires(message));
    delivery.message = message;
    delivery.gate = place + 1;
    return delivery;
  }

  static long expires(Message message) {
    return message.expires().equals(Instant.MAX) ? NEVER : message.expires().toEpochMilli();
  }

  boolean durable() {
    return place != NOWHERE;
  }
}
