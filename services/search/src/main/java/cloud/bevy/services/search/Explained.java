package cloud.bevy.services.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Explanation;

/// Why an item matches a query, or does not.
///
/// @param tree the score, what it stands for, and what it is made of, as OpenSearch writes it
public record Explained(boolean matched, Map<String, Object> tree) {
  static Explained of(Explanation explanation) {
    return new Explained(explanation.isMatch(), tree(explanation));
  }

  private static Map<String, Object> tree(Explanation explanation) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("value", explanation.getValue().doubleValue());
    tree.put("description", explanation.getDescription());
    tree.put("details", List.of(explanation.getDetails()).stream().map(Explained::tree).toList());
    return tree;
  }
}
