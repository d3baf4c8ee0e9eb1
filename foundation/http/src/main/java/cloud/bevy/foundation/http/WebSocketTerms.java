package cloud.bevy.foundation.http;

import java.time.Duration;
import java.util.function.Predicate;

/// What one end of a [WebSocket] puts up with.
///
/// @param size how large what arrives may be
/// @param pace how long the other side may take
/// @param origins which web pages may connect, by their `Origin` header; whoever sends none is no
///   page and is let in. Not used by clients
public record WebSocketTerms(Size size, Pace pace, Predicate<String> origins) {
  /// For messages of a program that talks: a MiB each, and no page of another origin.
  public static final WebSocketTerms MESSAGES =
      new WebSocketTerms(Size.MESSAGES, Pace.DEFAULT, origin -> false);

  /// For a stream of bytes that is read with [WebSocket#read]: however large a message is, no more
  /// than a window of it is held.
  public static final WebSocketTerms BYTES =
      new WebSocketTerms(Size.BYTES, Pace.DEFAULT, origin -> false);

  /// How large what arrives may be. Whoever sends more is told so and cut off, before what is too
  /// large is read.
  ///
  /// @param frameBytes of one frame
  /// @param messageBytes of all frames of a message
  /// @param fragments how many frames a message may come in
  public record Size(long frameBytes, long messageBytes, int fragments) {
    static final Size MESSAGES = new Size(1 << 20, 1 << 20, 256);
    static final Size BYTES = new Size(1L << 25, 1L << 25, 1_024);

    /// Checks that all are positive.
    public Size {
      if (frameBytes <= 0 || messageBytes <= 0 || fragments <= 0) {
        throw new IllegalArgumentException("a limit must be positive");
      }
    }
  }

  /// How long the other side may take.
  ///
  /// @param idle how long it may be silent while it is listened to before it is asked whether it is
  ///   still there
  /// @param answer how long it may take to answer that
  /// @param close how long it may take to close once it was told to
  public record Pace(Duration idle, Duration answer, Duration close) {
    /// Notices within a minute that the other side is gone.
    public static final Pace DEFAULT =
        new Pace(Duration.ofSeconds(40), Duration.ofSeconds(20), Duration.ofSeconds(2));

    /// Checks that all are positive.
    public Pace {
      if (!idle.isPositive() || !answer.isPositive() || !close.isPositive()) {
        throw new IllegalArgumentException("a time limit must be positive");
      }
    }
  }

  /// The same for other sizes.
  public WebSocketTerms with(Size next) {
    return new WebSocketTerms(next, pace, origins);
  }

  /// The same at another pace.
  public WebSocketTerms with(Pace next) {
    return new WebSocketTerms(size, next, origins);
  }

  /// The same for other pages.
  public WebSocketTerms from(Predicate<String> pages) {
    return new WebSocketTerms(size, pace, pages);
  }
}
