package cloud.bevy.services.search;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that is said of many documents together.
interface Aggregation {
  /// What is said of these, as OpenSearch writes it.
  Map<String, @Nullable Object> over(DocSet docs) throws IOException;
}
