package cloud.bevy.services.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which parts of an item are wanted. Of a list of which some elements are wanted, those are
/// answered side by side.
public final class Projection {
  private final List<DocumentPath> paths;
  private final Map<String, Part> parts = new LinkedHashMap<>();

  private Projection(List<DocumentPath> paths) {
    this.paths = List.copyOf(paths);
    for (DocumentPath path : paths) {
      Part part = parts.computeIfAbsent(path.attribute(), _ -> new Part());
      for (DocumentPath.Step step : path.steps()) {
        part = part.child(step);
      }
      part.whole = true;
    }
  }

  /// The values at `paths`.
  public static Projection of(List<DocumentPath> paths) {
    return new Projection(paths);
  }

  /// The projection that `text` says: paths with commas between them.
  ///
  /// @throws InvalidRequest if it is not a projection, in DynamoDB's words
  public static Projection parse(String text, ExpressionNames names) {
    ExpressionReader reader = new ExpressionReader(ExpressionKind.PROJECTION, text, names);
    PathOverlaps overlaps = new PathOverlaps(reader.problems());
    List<DocumentPath> paths = new ArrayList<>();
    do {
      if (!reader.atPath()) {
        throw reader.unexpected();
      }
      DocumentPath path = reader.path();
      overlaps.add(path);
      paths.add(path);
    } while (reader.takeSymbol(","));
    reader.expectEnd();
    reader.problems().raise(ExpressionProblems.OF_UPDATES);
    return new Projection(paths);
  }

  /// The wanted paths, in the order they were given.
  public List<DocumentPath> paths() {
    return paths;
  }

  /// What is wanted of `item`.
  public Item of(Item item) {
    SequencedMap<String, AttributeValue> wanted = new LinkedHashMap<>();
    for (Map.Entry<String, Part> part : parts.entrySet()) {
      AttributeValue found = part.getValue().of(item.get(part.getKey()));
      if (found != null) {
        wanted.put(part.getKey(), found);
      }
    }
    return new Item(wanted);
  }

  /// A value that is wanted as a whole, or in parts.
  private static final class Part {
    private boolean whole;
    private final Map<String, Part> entries = new LinkedHashMap<>();
    private final Map<Integer, Part> elements = new TreeMap<>();

    Part child(DocumentPath.Step step) {
      return switch (step) {
        case DocumentPath.Step.Entry(String name) -> entries.computeIfAbsent(name, _ -> new Part());
        case DocumentPath.Step.Element(int index) ->
            elements.computeIfAbsent(index, _ -> new Part());
      };
    }

    @Nullable AttributeValue of(@Nullable AttributeValue value) {
      if (whole || value == null) {
        return value;
      }
      if (value instanceof AttributeValue.M(SequencedMap<String, AttributeValue> all)) {
        return ofEntries(all);
      }
      return value instanceof AttributeValue.L(List<AttributeValue> all) ? ofElements(all) : null;
    }

    private @Nullable AttributeValue ofEntries(SequencedMap<String, AttributeValue> all) {
      SequencedMap<String, AttributeValue> wanted = new LinkedHashMap<>();
      entries.forEach((name, part) -> {
        AttributeValue found = part.of(all.get(name));
        if (found != null) {
          wanted.put(name, found);
        }
      });
      return wanted.isEmpty() ? null : new AttributeValue.M(wanted);
    }

    private @Nullable AttributeValue ofElements(List<AttributeValue> all) {
      List<AttributeValue> wanted = new ArrayList<>();
      elements.forEach((index, part) -> {
        AttributeValue found = part.of(index < all.size() ? all.get(index) : null);
        if (found != null) {
          wanted.add(found);
        }
      });
      return wanted.isEmpty() ? null : new AttributeValue.L(wanted);
    }
  }
}
