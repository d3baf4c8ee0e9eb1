package cloud.bevy.foundation.base;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;

/// A log that prints each sentence on a line of its own.
final class PrintLog implements Log {
  private final PrintStream out;
  private final Time time;

  PrintLog(PrintStream out, Time time) {
    this.out = out;
    this.time = time;
  }

  @Override
  public void say(Level level, String sentence) {
    out.println(time.now().truncatedTo(ChronoUnit.SECONDS) + " " + level + " " + oneLine(sentence));
  }

  /// What comes from outside must not be able to write a line of its own into the log.
  private static String oneLine(String sentence) {
    StringBuilder line = new StringBuilder(sentence.length());
    for (int i = 0; i < sentence.length(); i++) {
      char c = sentence.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    return line.toString();
  }
}
