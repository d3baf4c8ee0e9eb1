package cloud.bevy.foundation.base;

/// Sentences for the person who runs the program, each said once, at the place that decides. Never
/// a secret, never a payload.
public interface Log {
  /// How much the sentence matters.
  enum Level {
    /// Somebody did something.
    INFO,
    /// Something healed itself.
    WARNING,
    /// A person must act, and the sentence says how.
    ERROR
  }

  /// Says a sentence.
  void say(Level level, String sentence);

  /// Says that somebody did something.
  default void info(String sentence) {
    say(Level.INFO, sentence);
  }

  /// Says that something healed itself.
  default void warning(String sentence) {
    say(Level.WARNING, sentence);
  }

  /// Says what a person must do.
  default void error(String sentence) {
    say(Level.ERROR, sentence);
  }
}
