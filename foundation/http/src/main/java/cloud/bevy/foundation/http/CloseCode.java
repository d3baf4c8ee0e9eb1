package cloud.bevy.foundation.http;

/// Why a [WebSocket] is closed: the numbers of RFC 6455, section 7.4.1, that this program uses.
public final class CloseCode {
  /// All is said.
  public static final int NORMAL = 1000;

  /// The program ends.
  public static final int GOING_AWAY = 1001;

  /// The other side does not speak RFC 6455.
  public static final int PROTOCOL_ERROR = 1002;

  /// Text came where bytes are expected, or the other way round.
  public static final int UNSUPPORTED = 1003;

  /// No number was given; never sent.
  public static final int NONE = 1005;

  /// Text that is not UTF-8.
  public static final int MALFORMED = 1007;

  /// More than the other side puts up with, of something that is not bytes.
  public static final int POLICY = 1008;

  /// A message or a frame that is too large.
  public static final int TOO_LARGE = 1009;

  /// Something failed here.
  public static final int FAILED = 1011;

  private static final int FIRST = 1000;
  private static final int FIRST_FREE = 3000;
  private static final int END = 5000;

  private CloseCode() {}

  /// Whether a number may be sent.
  static boolean valid(int code) {
    boolean known = code >= FIRST && code <= 1014 && (code < 1004 || code > 1006);
    return known || (code >= FIRST_FREE && code < END);
  }
}
