package cloud.bevy.services.tables;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where in an item a value is: the name of an attribute, then names within maps and positions
/// within lists.
public record DocumentPath(String attribute, List<Step> steps) {
  /// Copies the steps.
  public DocumentPath {
    steps = List.copyOf(steps);
  }

  /// The path of a whole attribute.
  public static DocumentPath of(String attribute) {
    return new DocumentPath(attribute, List.of());
  }

  /// One step into a value.
  public sealed interface Step {
    /// Into a map, to the value named `name`.
    record Entry(String name) implements Step {
      @Override
      public String toString() {
        return name;
      }
    }

    /// Into a list, to the element at `index`, counted from zero.
    record Element(int index) implements Step {
      @Override
      public String toString() {
        return "[" + index + "]";
      }
    }
  }

  /// Whether the path leads into an attribute.
  public boolean nested() {
    return !steps.isEmpty();
  }

  /// The value at this path of `item`; null if there is none.
  public @Nullable AttributeValue in(Item item) {
    AttributeValue value = item.get(attribute);
    for (Step step : steps) {
      value = value == null ? null : into(value, step);
    }
    return value;
  }

  private static @Nullable AttributeValue into(AttributeValue value, Step step) {
    return switch (step) {
      case Step.Entry(String name) when value instanceof AttributeValue.M map ->
          map.values().get(name);
      case Step.Element(int index)
          when value instanceof AttributeValue.L list && index < list.values().size() ->
          list.values().get(index);
      case Step.Entry _, Step.Element _ -> null;
    };
  }

  /// How DynamoDB writes a path in its errors: `[a, b, [0]]`.
  @Override
  public String toString() {
    return steps.isEmpty()
        ? "[" + attribute + "]"
        : steps.stream()
            .map(Step::toString)
            .collect(Collectors.joining(", ", "[" + attribute + ", ", "]"));
  }
}
