package cloud.bevy.services.messages;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Sessions of which one gets each message: those in turn whose clients are there, or if there are
/// none those that last.
final class SharedGroup {
  final Map<Session, Subscription> members = new LinkedHashMap<>();

  /// A member and what it has asked for.
  record Choice(Session session, Subscription subscription) {}

  Optional<Choice> choose() {
    return first(true).or(() -> first(false));
  }

  private Optional<Choice> first(boolean connected) {
    for (Map.Entry<Session, Subscription> each : members.entrySet()) {
      Session session = each.getKey();
      boolean fits = connected ? session.connection != null : session.lasting();
      if (fits && session.entries() < MessageLimits.QUEUED / 2) {
        Choice choice = new Choice(session, each.getValue());
        members.remove(session);
        members.put(session, choice.subscription());
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }
}
