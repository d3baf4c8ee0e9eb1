package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Attributes as a request gives them. What is wrong with their values is kept until somebody asks
/// for them, because DynamoDB complains of other parts of a request first.
final class WireAttributes {
  private final SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
  private @Nullable String problem;
  private @Nullable String problemAt;

  void put(String name, WireValue value) {
    values.put(name, value.value());
    if (problem == null && value.problem() != null) {
      problem = value.problem();
      problemAt = name;
    }
  }

  /// The attributes.
  ///
  /// @throws InvalidRequest if a value is not a proper one
  SequencedMap<String, AttributeValue> checked() {
    if (problem != null) {
      throw new InvalidRequest(problem);
    }
    return values;
  }

  /// The attributes as the values of an expression.
  ///
  /// @throws InvalidRequest if a value is not a proper one, naming it
  SequencedMap<String, AttributeValue> checkedFor(String parameter) {
    if (problem != null) {
      throw new InvalidRequest(
          parameter + " contains invalid value: " + problem + " for key " + problemAt);
    }
    return values;
  }

  /// What is wrong with the first improper value, if one is.
  @Nullable String problem() {
    return problem;
  }

  /// A value, or what stands for it where `problem` says what is wrong with it.
  record WireValue(AttributeValue value, @Nullable String problem) {
    private static final AttributeValue NOTHING = new AttributeValue.Null();

    /// The value.
    ///
    /// @throws InvalidRequest if it is not a proper one
    AttributeValue checked() {
      if (problem != null) {
        throw new InvalidRequest(problem);
      }
      return value;
    }

    static WireValue of(AttributeValue value) {
      return new WireValue(value, null);
    }

    static WireValue wrong(String problem) {
      return new WireValue(NOTHING, problem);
    }
  }
}
