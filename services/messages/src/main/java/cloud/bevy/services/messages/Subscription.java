package cloud.bevy.services.messages;

/// What a session wants to hear of, and how.
///
/// @param filter which topics
/// @param most no message comes with a better quality
/// @param terms how else
/// @param identifier goes with each message that comes for this; 0 for none
public record Subscription(TopicFilter filter, Quality most, Terms terms, int identifier) {
  /// A subscription as MQTT 3.1.1 has it.
  public static Subscription of(TopicFilter filter, Quality most) {
    return new Subscription(filter, most, new Terms(false, false, Retained.SEND), 0);
  }

  /// How messages come.
  ///
  /// @param noLocal whether what the session itself publishes does not come
  /// @param asPublished whether messages say that they were published to be retained
  /// @param retained whether those come first that are retained
  public record Terms(boolean noLocal, boolean asPublished, Retained retained) {}

  /// Whether who subscribes is told of what is retained.
  public enum Retained {
    /// It is.
    SEND,
    /// It is, unless it had this subscription before.
    SEND_IF_NEW,
    /// It is not.
    SKIP;

    /// What MQTT calls by a number.
    ///
    /// @param level 0 to 2; what is greater is taken for 2
    public static Retained of(int level) {
      return switch (level) {
        case 0 -> SEND;
        case 1 -> SEND_IF_NEW;
        default -> SKIP;
      };
    }

    /// The number by which MQTT calls it.
    public int level() {
      return switch (this) {
        case SEND -> 0;
        case SEND_IF_NEW -> 1;
        case SKIP -> 2;
      };
    }
  }
}
