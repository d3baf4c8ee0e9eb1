package cloud.bevy.foundation.extraction;

import java.time.Duration;

/// What the text of a document may cost.
///
/// @param text the most characters that are taken of one
/// @param html the most bytes of HTML that are read; what is behind them is not
/// @param pdf the most bytes of a PDF, which cannot be read in part
/// @param memory of the process that reads HTML and PDF, in MiB
/// @param time of a processor that a small document may take; each MiB adds a second
/// @param processes how many there are at most
public record ExtractionLimits(
    int text, int html, int pdf, int memory, Duration time, int processes) {
  private static final int TEXT = 1 << 20;
  private static final int HTML = 8 << 20;
  private static final int PDF = 32 << 20;
  private static final int MEMORY = 256;
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final int PROCESSES = 2;

  /// @throws IllegalArgumentException if a limit is not positive
  public ExtractionLimits {
    if (text < 1 || html < 1 || pdf < 1 || memory < 16 || !time.isPositive() || processes < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }

  /// The limits that fit a laptop and a small server alike.
  public static ExtractionLimits defaults() {
    return new ExtractionLimits(TEXT, HTML, PDF, MEMORY, TIME, PROCESSES);
  }

  /// The same with another time.
  public ExtractionLimits within(Duration other) {
    return new ExtractionLimits(text, html, pdf, memory, other, processes);
  }

  /// The same with other memory.
  public ExtractionLimits memory(int other) {
    return new ExtractionLimits(text, html, pdf, other, time, processes);
  }
}
