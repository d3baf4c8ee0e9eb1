package cloud.bevy.services.messages;

import java.util.List;
import java.util.Optional;

/// Which topics somebody wants to hear of: levels between slashes, `+` for any one level, `#` at
/// the end for all that is left.
///
/// @param text as it was given, with the group
/// @param group whose members share what comes; empty where nobody shares
/// @param levels of the topics, without the group
public record TopicFilter(String text, String group, List<String> levels) {
  private static final String SHARE = "$share/";
  static final String ONE = "+";
  static final String REST = "#";

  /// Copies the levels.
  public TopicFilter {
    levels = List.copyOf(levels);
  }

  /// A filter, if that can be one: wildcards are whole levels, `#` is the last, and a group has a
  /// name and a filter behind it.
  public static Optional<TopicFilter> of(String text) {
    if (!TopicName.valid(text)) {
      return Optional.empty();
    }
    if (!text.startsWith(SHARE)) {
      return of(text, "", text);
    }
    int end = text.indexOf('/', SHARE.length());
    String group = end < 0 ? "" : text.substring(SHARE.length(), end);
    boolean bad = group.isEmpty() || group.contains(ONE) || group.contains(REST);
    return bad || end + 1 == text.length()
        ? Optional.empty()
        : of(text, group, text.substring(end + 1));
  }

  private static Optional<TopicFilter> of(String text, String group, String filter) {
    List<String> levels = List.of(filter.split("/", -1));
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      boolean wild = level.contains(ONE) || level.contains(REST);
      if (wild && (level.length() > 1 || (level.equals(REST) && i + 1 < levels.size()))) {
        return Optional.empty();
      }
    }
    return Optional.of(new TopicFilter(text, group, levels));
  }

  /// Whether members of a group share what comes.
  public boolean shared() {
    return !group.isEmpty();
  }

  /// Whether it stands for more than one topic.
  public boolean wild() {
    return levels.contains(ONE) || levels.getLast().equals(REST);
  }

  /// Whether a topic is one of those.
  public boolean matches(TopicName topic) {
    List<String> names = topic.levels();
    if (topic.reserved() && (levels.getFirst().equals(ONE) || levels.getFirst().equals(REST))) {
      return false;
    }
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      if (level.equals(REST)) {
        return true;
      }
      if (i >= names.size() || !(level.equals(ONE) || level.equals(names.get(i)))) {
        return false;
      }
    }
    return levels.size() == names.size();
  }
}
