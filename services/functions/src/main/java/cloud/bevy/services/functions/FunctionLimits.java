package cloud.bevy.services.functions;

import java.time.Duration;

/// How much the functions of one cloud may use.
///
/// @param time how long things may take
/// @param cpu the processor time the engine may use without giving a sign of life: an answer's head
///   or bytes, or a use of a table or bucket
/// @param memory the private memory, in bytes, that the functions of one cloud may hold together
public record FunctionLimits(Time time, Duration cpu, long memory) {
  /// Generous for a request, small beside a laptop.
  public static final FunctionLimits DEFAULT =
      new FunctionLimits(Time.DEFAULT, Duration.ofSeconds(10), 256L << 20);

  /// How long things may take.
  ///
  /// @param start from nothing to a running engine
  /// @param answer from a request to the head of its answer
  /// @param idle how long an engine is kept after the last request
  public record Time(Duration start, Duration answer, Duration idle) {
    /// Patient with a busy machine.
    public static final Time DEFAULT =
        new Time(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(30));
  }

  /// Checks that all are positive.
  public FunctionLimits {
    if (cpu.isNegative() || cpu.isZero() || memory <= 0) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
