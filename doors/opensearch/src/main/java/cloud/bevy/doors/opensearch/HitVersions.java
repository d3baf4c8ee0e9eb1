package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.SearchAnswer;
import cloud.bevy.services.search.SearchHit;
import cloud.bevy.services.tables.ItemVersions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `version` and `seq_no_primary_term` of a search add to hits. A document that was written
/// again or deleted since it was found has no number here by which it could be overwritten unseen.
final class HitVersions {
  /// What OpenSearch has where there is none.
  private static final long NONE = -2;

  private final boolean versions;
  private final boolean sequence;

  HitVersions(Map<String, @Nullable Object> body) {
    versions = wanted(body, "version");
    sequence = wanted(body, "seq_no_primary_term");
  }

  private static boolean wanted(Map<String, @Nullable Object> body, String name) {
    Object value = body.getOrDefault(name, false);
    return switch (String.valueOf(value)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Refused.parsing("[" + name + "] must be true or false");
    };
  }

  /// Adds them to hits as they are shown, in the order in which they were found.
  void add(Index index, SearchAnswer answer, List<Object> shown) {
    if (!versions && !sequence) {
      return;
    }
    for (int i = 0; i < shown.size(); i++) {
      SearchHit found = answer.hits().get(i);
      Optional<Long> version =
          GetDocument.find(index, found.id())
              .filter(now -> now.item().item().equals(found.item().item()))
              .map(ItemVersions.Versioned::version);
      Map<String, @Nullable Object> hit = new LinkedHashMap<>(Json.map("hit", shown.get(i)));
      if (versions) {
        hit.put("_version", version.orElse(-1L));
      }
      if (sequence) {
        hit.put("_seq_no", version.orElse(NONE));
        hit.put("_primary_term", version.isPresent() ? DocumentWrite.PRIMARY_TERM : 0);
      }
      shown.set(i, hit);
    }
  }
}
