package cloud.bevy.services.messages;

import java.util.List;
import java.util.Optional;

/// What a block of the journal says; see `docs/formats/messages.md`. What was done is what its
/// records say, in their order: at a start they are done again.
sealed interface Deed {
  /// A message and who is to have it.
  ///
  /// @param origin who has sent it, where that has to be known
  record Published(Message message, Origin origin, List<Recipient> recipients) implements Deed {}

  /// Of whose numbers one is taken by a message.
  ///
  /// @param session 0 where that does not matter
  record Origin(long session, int packetId) {
    static final Origin NONE = new Origin(0, 0);
  }

  /// To whom a message goes, and how.
  record Recipient(long session, Delivery.Way way) {}

  /// A client has connected.
  ///
  /// @param lifetime seconds that the session lasts when it is lost
  record Opened(long session, String client, long lifetime, Optional<Will> will) implements Deed {}

  /// A session has subscribed.
  record Subscribed(long session, List<Subscription> subscriptions) implements Deed {}

  /// A session has unsubscribed.
  record Unsubscribed(long session, List<String> filters) implements Deed {}

  /// Messages are about to be sent with these numbers.
  record Numbered(long session, List<Numbering> numbers) implements Deed {}

  /// The number of the message at a place.
  record Numbering(long place, int packetId) {}

  /// A client has said that it has a message that is to arrive once.
  record Arrived(long session, int packetId) implements Deed {}

  /// Messages that a client has.
  record Done(long session, List<Long> places) implements Deed {}

  /// A message with that number has come that nobody waits for.
  record Incoming(long session, int packetId) implements Deed {}

  /// A client may use a number again.
  record Released(long session, int packetId) implements Deed {}

  /// A client has gone.
  ///
  /// @param at when, in milliseconds
  /// @param will whether its will stands
  /// @param told what was under way
  record Closed(long session, long at, long lifetime, boolean will, List<Numbering> told)
      implements Deed {}

  /// A session is over.
  record Ended(long session) implements Deed {}

  /// A will was published.
  record WillDone(long session) implements Deed {}

  /// Part of a whole: what waits for a session.
  record Waiting(long session, List<Entry> entries) implements Deed {}

  /// What waits, of which the message is elsewhere in the journal.
  record Entry(long place, int size, Delivery.Way way, long expires, int packetId, int flags) {
    static final int TOLD = 1;
    static final int RELEASED = 2;
  }

  /// Part of a whole: a retained message is elsewhere in the journal.
  record Kept(String topic, long place, int size, long expires, Quality quality) implements Deed {}

  /// Part of a whole: the number of the next session.
  record Next(long session) implements Deed {}

  /// All there is, as of here, in as many blocks as it takes.
  record Whole(List<byte[]> parts, boolean last) implements Deed {}

  /// What is not needed any more before a whole is forgotten.
  ///
  /// @param whole where that begins
  record Cleared(long whole) implements Deed {}
}
