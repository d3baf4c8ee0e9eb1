package cloud.bevy.services.messages;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is subscribed to, level by level, so that looking a topic up costs what its levels do and
/// not what there are subscriptions. Guarded by whoever has it.
final class SubscriptionTree<K, V> {
  private final Node<K, V> root = new Node<>();

  private static final class Node<K, V> {
    final Map<String, Node<K, V>> children = new HashMap<>();
    final Map<K, V> values = new LinkedHashMap<>();

    boolean empty() {
      return children.isEmpty() && values.isEmpty();
    }
  }

  /// Puts a value under the levels of a filter, in place of that of the same key.
  void put(List<String> levels, K key, V value) {
    Node<K, V> node = root;
    for (String level : levels) {
      node = node.children.computeIfAbsent(level, any -> new Node<>());
    }
    node.values.put(key, value);
  }

  /// The value of a key under the levels of a filter.
  Optional<V> get(List<String> levels, K key) {
    Node<K, V> node = root;
    for (String level : levels) {
      node = node.children.get(level);
      if (node == null) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(node.values.get(key));
  }

  /// Takes a value out, and the levels that nothing else needs.
  void remove(List<String> levels, K key) {
    remove(root, levels, 0, key);
  }

  private void remove(Node<K, V> node, List<String> levels, int depth, K key) {
    if (depth == levels.size()) {
      node.values.remove(key);
      return;
    }
    Node<K, V> child = node.children.get(levels.get(depth));
    if (child != null) {
      remove(child, levels, depth + 1, key);
      if (child.empty()) {
        node.children.remove(levels.get(depth));
      }
    }
  }

  /// Tells of every value whose filter matches a topic.
  void match(TopicName topic, Consumer<V> found) {
    match(root, topic.text().split("/", -1), 0, found);
  }

  private void match(Node<K, V> node, String[] names, int depth, Consumer<V> found) {
    boolean wildcards = depth > 0 || !names[0].startsWith("$");
    if (wildcards) {
      tell(node.children.get(TopicFilter.REST), found);
    }
    if (depth == names.length) {
      tell(node, found);
      return;
    }
    descend(node.children.get(names[depth]), names, depth, found);
    if (wildcards) {
      descend(node.children.get(TopicFilter.ONE), names, depth, found);
    }
  }

  private void descend(@Nullable Node<K, V> child, String[] names, int depth, Consumer<V> found) {
    if (child != null) {
      match(child, names, depth + 1, found);
    }
  }

  private void tell(@Nullable Node<K, V> node, Consumer<V> found) {
    if (node != null) {
      node.values.values().forEach(found);
    }
  }

  /// Whether nothing is subscribed to.
  boolean isEmpty() {
    return root.empty();
  }
}
