package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.search.BucketDefinition;
import cloud.bevy.services.search.BucketSearch;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.JsonTree;
import cloud.bevy.services.search.SearchDefinition;
import cloud.bevy.services.search.SearchRefusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The search index of a bucket, `buckets/NAME/index?cloud=NAME`. `GET` says what it is, how far,
/// and which objects have no text; `POST` gives the bucket one, of the objects that its body names
/// (`{"prefixes":["notes/"],"suffixes":[".md"],"language":"english","encrypted":false}`, each of
/// them optional), and waits for it as long as a search would; `DELETE` takes it away.
public final class IndexBucket implements ControlOperation {
  private static final int BAD_REQUEST = 400;

  private final Clouds clouds;
  private final Indexes indexes;

  /// @param clouds whose buckets
  public IndexBucket(Clouds clouds, Indexes indexes) {
    this.clouds = clouds;
    this.indexes = indexes;
  }

  @Override
  public boolean answers(String method, String path) {
    return List.of("GET", "POST", "DELETE").contains(method) && path.matches("buckets/[^/]+/index");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws IOException, ControlRefusal {
    byte[] body = request.body().readNBytes(JsonTree.MOST_BYTES + 1);
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Bucket bucket = NamedBucket.find(lease.cloud(), request);
      BucketSearch search = indexes.of(lease.cloud()).buckets();
      return switch (request.method()) {
        case "POST" -> {
          define(search, bucket, definition(JsonTree.object(body)));
          yield show(search, bucket);
        }
        case "DELETE" -> {
          boolean there = search.definition(bucket).isPresent();
          define(search, bucket, null);
          yield Map.of("bucket", bucket.name().text(), "dropped", there);
        }
        default -> show(search, bucket);
      };
    } catch (SearchRefusal refusal) {
      throw SearchTable.refused(refusal);
    }
  }

  private static void define(
      BucketSearch search, Bucket bucket, @Nullable BucketDefinition definition)
      throws ControlRefusal {
    if (!search.define(bucket, definition)) {
      throw NamedBucket.noSuchBucket(bucket.name().text());
    }
  }

  private static BucketDefinition definition(Map<String, @Nullable Object> body)
      throws ControlRefusal {
    for (String name : body.keySet()) {
      if (!List.of("prefixes", "suffixes", "language", "encrypted").contains(name)) {
        throw new ControlRefusal(BAD_REQUEST, "an index has no \"" + name + "\"", "");
      }
    }
    Object language = body.get("language");
    return new BucketDefinition(
        texts("prefixes", body.get("prefixes")),
        texts("suffixes", body.get("suffixes")),
        language instanceof String text ? text : SearchDefinition.PLAIN,
        Boolean.TRUE.equals(body.get("encrypted")));
  }

  private static List<String> texts(String name, @Nullable Object value) throws ControlRefusal {
    List<String> texts = new ArrayList<>();
    for (Object each : value instanceof List<?> list ? list : List.of()) {
      if (!(each instanceof String text)) {
        throw new ControlRefusal(BAD_REQUEST, "\"" + name + "\" lists strings", "");
      }
      texts.add(text);
    }
    return texts;
  }

  private static Map<String, Object> show(BucketSearch search, Bucket bucket) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bucket", bucket.name().text());
    Optional<BucketDefinition> definition = search.definition(bucket);
    fields.put("indexed", definition.isPresent());
    if (definition.isEmpty()) {
      return fields;
    }
    fields.put("prefixes", definition.get().prefixes());
    fields.put("suffixes", definition.get().suffixes());
    fields.put("language", definition.get().language());
    fields.put("encrypted", definition.get().encrypted());
    try {
      BucketSearch.Status status = search.status(bucket);
      fields.put("objects", status.objects());
      fields.put("texts", status.texts());
      fields.put("version", status.version());
      fields.put("reasons", status.reasons());
      fields.put("without", status.without());
    } catch (SearchRefusal late) {
      if (late.kind() != SearchRefusal.Kind.TIMEOUT) {
        throw late;
      }
      fields.put("building", true);
    }
    return fields;
  }
}
