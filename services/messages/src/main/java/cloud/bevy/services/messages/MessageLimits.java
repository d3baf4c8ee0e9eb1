package cloud.bevy.services.messages;

/// How much of everything there may be.
public final class MessageLimits {
  /// The longest content of a message, in bytes.
  public static final int PAYLOAD = 1 << 20;

  /// The most messages that wait for a session.
  public static final int QUEUED = 20_000;

  /// The most bytes that wait for a session.
  public static final long QUEUED_BYTES = 64L << 20;

  /// The most bytes of what waits for a session in memory.
  public static final long MEMORY = 8L << 20;

  /// The most messages that wait in a cloud.
  public static final int CLOUD_QUEUED = 200_000;

  /// The most bytes that wait in a cloud, and that are retained in it.
  public static final long CLOUD_BYTES = 1L << 30;

  /// The most retained messages of a cloud.
  public static final int RETAINED = 20_000;

  /// The most sessions of a cloud.
  public static final int SESSIONS = 10_000;

  /// The most subscriptions of a session.
  public static final int SUBSCRIPTIONS = 1_000;

  /// The longest that a session lasts without its client, in seconds.
  public static final long LIFETIME = 30L * 24 * 60 * 60;

  /// The most messages on their way to a client that it has not acknowledged, however many it
  /// allows.
  public static final int WINDOW = 1_024;

  private MessageLimits() {}
}
