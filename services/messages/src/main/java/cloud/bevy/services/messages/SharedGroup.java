package cloud.bevy.services.messages;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Sessions of which one gets each message: those in turn whose clients are there, or if there are
/// none those that last. Those for whom much waits already only if there is no other.
final class SharedGroup {
  final Map<Session, Subscription> members = new LinkedHashMap<>();

  /// A member and what it has asked for.
  record Choice(Session session, Subscription subscription) {}

  Optional<Choice> choose() {
    int half = MessageLimits.QUEUED / 2;
    return first(true, half)
        .or(() -> first(false, half))
        .or(() -> first(true, Integer.MAX_VALUE))
        .or(() -> first(false, Integer.MAX_VALUE));
  }

  private Optional<Choice> first(boolean connected, int most) {
    for (Map.Entry<Session, Subscription> each : members.entrySet()) {
      Session session = each.getKey();
      boolean fits = connected ? session.connection != null : session.lasting();
      if (fits && session.entries() < most) {
        Choice choice = new Choice(session, each.getValue());
        members.remove(session);
        members.put(session, choice.subscription());
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }
}
