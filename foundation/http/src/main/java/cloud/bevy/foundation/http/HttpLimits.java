package cloud.bevy.foundation.http;

import java.time.Duration;

/// How much a caller may ask of an [HttpServer].
///
/// @param head the size of what comes before a body
/// @param pace how long a caller may take
/// @param room how much may be open at once
public record HttpLimits(Head head, Pace pace, Room room) {
  /// Limits that fit a laptop and the AWS SDKs.
  public static final HttpLimits DEFAULT = new HttpLimits(Head.DEFAULT, Pace.DEFAULT, Room.DEFAULT);

  /// The size of what comes before a body.
  ///
  /// @param lineBytes the longest request line; longer ones get 414
  /// @param headerBytes the most bytes in all header lines together; more get 431
  /// @param headerCount the most header lines; more get 431
  public record Head(int lineBytes, int headerBytes, int headerCount) {
    /// S3 allows keys of 1,024 bytes, three times that when escaped, and 2 KiB of user metadata;
    /// presigned URLs carry session tokens.
    public static final Head DEFAULT = new Head(16 << 10, 32 << 10, 100);

    /// Checks that all are positive.
    public Head {
      positive(lineBytes, headerBytes, headerCount);
    }
  }

  /// How long a caller may take. Each time starts anew with progress: with a whole head, or with a
  /// few KiB of a body.
  ///
  /// @param head from the first byte of a head to its last
  /// @param idle between two requests
  /// @param body for each 4 KiB of a request's body, while the handler waits for it
  /// @param write for each 32 KiB of an answer
  public record Pace(Duration head, Duration idle, Duration body, Duration write) {
    /// Patient with a phone on a train, not with Slowloris.
    public static final Pace DEFAULT =
        new Pace(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30));

    /// Checks that all are positive.
    public Pace {
      positive(head.toNanos(), idle.toNanos(), body.toNanos(), write.toNanos());
    }
  }

  /// How much may be open at once.
  ///
  /// @param connections the most open connections; a further one takes the place of the one that
  ///   has not had a request for longest, and gets 503 and is closed where all have one
  /// @param requests the most requests that are worked on; further ones get 503. Those that wait
  ///   for their callers are not counted: nobody keeps others out by being slow
  /// @param drainBytes how much of a body that no handler read is thrown away to keep the
  ///   connection; beyond that it is closed
  public record Room(int connections, int requests, long drainBytes) {
    /// A few KiB of memory each.
    public static final Room DEFAULT = new Room(4_000, 1_000, 256 << 10);

    /// Checks that all are positive.
    public Room {
      positive(connections, requests, drainBytes);
    }
  }

  /// The same with another head.
  public HttpLimits with(Head next) {
    return new HttpLimits(next, pace, room);
  }

  /// The same with another pace.
  public HttpLimits with(Pace next) {
    return new HttpLimits(head, next, room);
  }

  /// The same with another room.
  public HttpLimits with(Room next) {
    return new HttpLimits(head, pace, next);
  }

  private static void positive(long... values) {
    for (long value : values) {
      if (value <= 0) {
        throw new IllegalArgumentException("a limit must be positive, not " + value);
      }
    }
  }
}
