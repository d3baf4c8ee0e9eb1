package cloud.bevy.services.functions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The `feed` of a table in a manifest.
final class FeedSection {
  private static final int DEFAULT_BATCH = 100;

  /// A page of a stream has no more records.
  private static final int LARGEST_BATCH = 1_000;

  /// With pauses of 1, 2, 4 seconds and so on: four minutes.
  private static final int DEFAULT_RETRIES = 8;

  private static final int MOST_RETRIES = 10_000;

  private static final String START = "startingPosition";
  private static final String VIEW = "view";
  private static final String BATCH = "batchSize";
  private static final String RETRIES = "retries";
  private static final String BISECT = "bisect";
  private static final String DEAD_LETTERS = "deadLetters";

  private FeedSection() {}

  /// Reads what a person wrote.
  ///
  /// @param app whose feed it is
  /// @param buckets the app's, by their names in `env`
  static FeedSpec read(Section section, String app, SequencedMap<String, String> buckets)
      throws Refusal {
    section.only(START, VIEW, BATCH, RETRIES, BISECT, DEAD_LETTERS);
    String named = section.text(DEAD_LETTERS).orElse(app + "-dead-letters");
    return new FeedSpec(
        chosen(section, START, FeedSpec.Start.TRIM_HORIZON),
        chosen(section, VIEW, FeedSpec.View.NEW_AND_OLD_IMAGES),
        section.within(BATCH, DEFAULT_BATCH, 1, LARGEST_BATCH),
        new FeedSpec.Effort(
            section.within(RETRIES, DEFAULT_RETRIES, 0, MOST_RETRIES),
            section.flag(BISECT, true),
            buckets.getOrDefault(named, named)));
  }

  /// The feed with every default filled in, as [#read] reads it again.
  static SequencedMap<String, Object> members(FeedSpec feed) {
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    members.put(START, feed.start().name());
    members.put(VIEW, feed.view().name());
    members.put(BATCH, feed.batchSize());
    members.put(RETRIES, feed.effort().retries());
    members.put(BISECT, feed.effort().bisect());
    members.put(DEAD_LETTERS, feed.effort().deadLetters());
    return members;
  }

  private static <E extends Enum<E>> E chosen(Section section, String key, E byDefault)
      throws Refusal {
    String text = section.text(key).orElse(byDefault.name());
    List<E> known = List.of(byDefault.getDeclaringClass().getEnumConstants());
    for (E each : known) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    throw new Refusal(
        "\"" + key + "\" in " + section.place() + " is one of " + known + ", not \"" + text + '"');
  }
}
