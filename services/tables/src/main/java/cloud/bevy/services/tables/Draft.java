package cloud.bevy.services.tables;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An item that is being changed. Maps and lists are opened where a change leads into them; all
/// else stays as it is. Elements of a list keep their positions until the item is closed; an
/// element put behind the last then becomes the last.
final class Draft {
  private final Entries attributes;

  Draft(Item item) {
    attributes = new Entries(item.attributes());
  }

  /// Puts `value` at `path`; null removes what is there.
  ///
  /// @throws InvalidRequest if the path leads through something that is not there, or neither map
  ///   nor list
  void put(DocumentPath path, @Nullable AttributeValue value) {
    if (value == null) {
      remove(path);
    } else if (path.nested()) {
      parent(path).put(path.steps().getLast(), new Leaf(value));
    } else {
      attributes.children.put(path.attribute(), new Leaf(value));
    }
  }

  /// Removes what is at `path`, if there is something.
  ///
  /// @throws InvalidRequest if the path leads through something that is not there, or neither map
  ///   nor list
  void remove(DocumentPath path) {
    if (path.nested()) {
      parent(path).remove(path.steps().getLast());
    } else {
      attributes.children.remove(path.attribute());
    }
  }

  /// The item as it is now.
  Item item() {
    return new Item(attributes.values());
  }

  private Container parent(DocumentPath path) {
    DocumentPath.Step step = new DocumentPath.Step.Entry(path.attribute());
    Container parent = attributes.open(step);
    for (DocumentPath.Step next : path.steps().subList(0, path.steps().size() - 1)) {
      parent = parent.open(next);
    }
    return parent;
  }

  private static InvalidRequest invalidPath() {
    return new InvalidRequest(
        "The document path provided in the update expression is invalid for update");
  }

  private sealed interface Node {
    AttributeValue value();
  }

  private record Leaf(AttributeValue value) implements Node {}

  private sealed interface Container extends Node {
    @Nullable Node child(DocumentPath.Step step);

    void put(DocumentPath.Step step, Node child);

    void remove(DocumentPath.Step step);

    /// The child at `step`, ready to be changed.
    default Container open(DocumentPath.Step step) {
      Node child = child(step);
      if (child instanceof Container container) {
        return container;
      }
      Container opened =
          switch (child == null ? null : child.value()) {
            case AttributeValue.M(SequencedMap<String, AttributeValue> entries) ->
                new Entries(entries);
            case AttributeValue.L(List<AttributeValue> elements) -> new Elements(elements);
            case null, default -> throw invalidPath();
          };
      put(step, opened);
      return opened;
    }
  }

  private static final class Entries implements Container {
    final SequencedMap<String, Node> children = new LinkedHashMap<>();

    Entries(SequencedMap<String, AttributeValue> entries) {
      entries.forEach((name, value) -> children.put(name, new Leaf(value)));
    }

    private static String name(DocumentPath.Step step) {
      if (step instanceof DocumentPath.Step.Entry(String name)) {
        return name;
      }
      throw invalidPath();
    }

    @Override
    public @Nullable Node child(DocumentPath.Step step) {
      return children.get(name(step));
    }

    @Override
    public void put(DocumentPath.Step step, Node child) {
      children.put(name(step), child);
    }

    @Override
    public void remove(DocumentPath.Step step) {
      children.remove(name(step));
    }

    SequencedMap<String, AttributeValue> values() {
      SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
      for (Map.Entry<String, Node> child : children.entrySet()) {
        values.put(child.getKey(), child.getValue().value());
      }
      return values;
    }

    @Override
    public AttributeValue value() {
      return new AttributeValue.M(values());
    }
  }

  private static final class Elements implements Container {
    private final NavigableMap<Integer, Node> children = new TreeMap<>();

    Elements(List<AttributeValue> elements) {
      for (AttributeValue element : elements) {
        children.put(children.size(), new Leaf(element));
      }
    }

    private static int index(DocumentPath.Step step) {
      if (step instanceof DocumentPath.Step.Element(int index)) {
        return index;
      }
      throw invalidPath();
    }

    @Override
    public @Nullable Node child(DocumentPath.Step step) {
      return children.get(index(step));
    }

    @Override
    public void put(DocumentPath.Step step, Node child) {
      children.put(index(step), child);
    }

    @Override
    public void remove(DocumentPath.Step step) {
      children.remove(index(step));
    }

    @Override
    public AttributeValue value() {
      return new AttributeValue.L(children.values().stream().map(Node::value).toList());
    }
  }
}
