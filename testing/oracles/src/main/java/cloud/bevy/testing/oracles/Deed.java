package cloud.bevy.testing.oracles;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one client did to one key, and what it was told. A value is a number that stands for the
/// content and is written once; null is the absence of the key.
///
/// @param action what was asked
/// @param answer what came back
/// @param from when it was sent
/// @param until when it was answered; of a deed whose answer is unknown, when it can have effect no
///   more, [#FOR_EVER] if that is never
public record Deed(Action action, Answer answer, long from, long until) {
  /// The end of what may have effect at any later time.
  public static final long FOR_EVER = Long.MAX_VALUE;

  /// Checks that it ends after it began, and that a read knows its answer.
  public Deed {
    if (until < from) {
      throw new IllegalArgumentException("it was answered before it was sent");
    }
    if (action instanceof Action.Read && answer != Answer.DONE) {
      throw new IllegalArgumentException("a read that saw nothing tells nothing");
    }
  }

  /// What can be asked of a key.
  public sealed interface Action {
    /// A read.
    ///
    /// @param seen what it saw
    record Read(@Nullable Long seen) implements Action {}

    /// A write or a deletion.
    ///
    /// @param condition when it is to be done
    /// @param value what is to be there after it
    record Write(Condition condition, @Nullable Long value) implements Action {}
  }

  /// When a write is to be done.
  public sealed interface Condition {
    /// Whatever is there.
    record Always() implements Condition {}

    /// If nothing is there.
    record Absent() implements Condition {}

    /// If just this is there.
    record Is(long value) implements Condition {}

    /// If just this is there, or nothing: as with a deletion, which has nothing to do then.
    record AtMost(long value) implements Condition {}

    /// Whether it holds for what is there.
    default boolean holds(@Nullable Long state) {
      return switch (this) {
        case Always always -> true;
        case Absent absent -> state == null;
        case Is(long value) -> Objects.equals(state, value);
        case AtMost(long value) -> state == null || Objects.equals(state, value);
      };
    }
  }

  /// What a client was told.
  public enum Answer {
    /// It was done.
    DONE,
    /// Its condition did not hold, and nothing was done.
    REFUSED,
    /// Nothing was told: it was done, or not, or will be.
    UNKNOWN
  }

  /// Whether this deed can happen where `state` is there.
  boolean fits(@Nullable Long state) {
    return switch (action) {
      case Action.Read(Long seen) -> Objects.equals(state, seen);
      case Action.Write(Condition condition, Long value) ->
          condition.holds(state) != (answer == Answer.REFUSED);
    };
  }

  /// What is there after it, where `state` was before and it fits.
  @Nullable Long after(@Nullable Long state) {
    return switch (action) {
      case Action.Read read -> state;
      case Action.Write(Condition condition, Long value) ->
          answer == Answer.REFUSED ? state : value;
    };
  }

  /// Whether it may as well never have happened.
  boolean optional() {
    return answer == Answer.UNKNOWN;
  }
}
