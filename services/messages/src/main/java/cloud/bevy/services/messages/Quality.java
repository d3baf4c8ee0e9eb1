package cloud.bevy.services.messages;

/// How surely a message arrives: MQTT's quality of service.
public enum Quality {
  /// It may get lost.
  AT_MOST_ONCE,
  /// It may arrive twice.
  AT_LEAST_ONCE,
  /// It arrives once.
  EXACTLY_ONCE;

  private static final Quality[] ALL = values();

  /// The quality that MQTT calls by a number.
  ///
  /// @param level 0 to 2
  public static Quality of(int level) {
    return ALL[level];
  }

  /// The number by which MQTT calls it.
  public int level() {
    return switch (this) {
      case AT_MOST_ONCE -> 0;
      case AT_LEAST_ONCE -> 1;
      case EXACTLY_ONCE -> 2;
    };
  }

  /// The lesser of two.
  public Quality most(Quality other) {
    return compareTo(other) < 0 ? this : other;
  }
}
