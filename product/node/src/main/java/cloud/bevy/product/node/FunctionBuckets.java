package cloud.bevy.product.node;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Encryption;
import cloud.bevy.services.buckets.ListPage;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectDeletion;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.OpenObject;
import cloud.bevy.services.buckets.PutOutcome;
import cloud.bevy.services.buckets.StoredObject;
import cloud.bevy.services.buckets.WriteCondition;
import cloud.bevy.services.functions.BucketBinding;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchAnswer;
import cloud.bevy.services.search.SearchRefusal;
import cloud.bevy.services.search.SearchRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The buckets that functions see are the cloud's buckets.
///
/// @param indexes of the machine
record FunctionBuckets(Indexes indexes) implements BucketBinding {
  private static final String TYPE = "content-type";
  private static final String AFTER_KEY = "k";
  private static final String AFTER_PREFIX = "p";

  @Override
  public void create(Cloud cloud, String bucket) throws Refused {
    Buckets.in(cloud).create(name(bucket), "");
  }

  @Override
  @SuppressWarnings({"NullAway", "unchecked"}) // a tree in which a value may be missing is JSON too
  public Map<String, Object> search(Cloud cloud, String bucket, byte[] request) throws Refused {
    try {
      SearchRequest search = SearchRequest.read(request);
      SearchAnswer answer = indexes.of(cloud).buckets().search(bucket(cloud, bucket), search);
      return (Map<String, Object>) (Map<?, ?>) answer.tree(bucket);
    } catch (SearchRefusal refusal) {
      throw new Refused(refusal.kind().type(), refusal.getMessage());
    }
  }

  @Override
  public Optional<Description> head(Cloud cloud, Name name) throws Refused {
    return bucket(cloud, name.bucket()).find(key(name)).map(FunctionBuckets::description);
  }

  @Override
  public Optional<Body> get(Cloud cloud, Name name, Optional<Range> range) throws Refused {
    Optional<OpenObject> found = bucket(cloud, name.bucket()).open(key(name));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    OpenObject open = found.get();
    if (open.unlock(Optional.empty()) != Encryption.KeyCheck.FITS) {
      open.close();
      throw new Refused("InvalidRequest", "the object is encrypted with a key of its sender's");
    }
    long size = open.object().size();
    Range asked = range.orElse(new Range(0, size));
    long from = asked.from() < 0 ? Math.max(0, size + asked.from()) : asked.from();
    if (from > size) {
      open.close();
      throw new Refused("InvalidRange", "the object has only " + size + " bytes");
    }
    Range part = new Range(from, Math.min(asked.length(), size - from));
    InputStream bytes = open.stream(part.from(), part.length());
    return Optional.of(new Body(description(open.object()), part, new Closing(bytes, open)));
  }

  @Override
  public Description put(Cloud cloud, Name name, Content content, Upload upload)
      throws IOException, Refused {
    TreeMap<String, String> headers = new TreeMap<>();
    if (!content.type().isEmpty()) {
      headers.put(TYPE, content.type());
    }
    ObjectAttributes attributes =
        ObjectAttributes.plain(headers, new TreeMap<>(content.metadata()));
    PutOutcome<StoredObject> outcome =
        bucket(cloud, name.bucket())
            .put(key(name), attributes, bytes(upload), WriteCondition.always());
    return switch (outcome) {
      case PutOutcome.Stored<StoredObject>(StoredObject stored) -> description(stored);
      case PutOutcome.BucketGone<StoredObject>() -> throw noBucket(name.bucket());
      case PutOutcome.QuotaExceeded<StoredObject>() ->
          throw new Refused("QuotaExceeded", "the bucket or its cloud may not hold that much");
      case PutOutcome.WrongLength<StoredObject>() ->
          throw new Refused("IncompleteBody", "there were not as many bytes as announced");
      case PutOutcome.NoSuchUpload<StoredObject>(),
          PutOutcome.NoSuchKey<StoredObject>(),
          PutOutcome.ConditionFailed<StoredObject>(),
          PutOutcome.Mismatch<StoredObject> _,
          PutOutcome.WrongKey<StoredObject> _,
          PutOutcome.WrongAlgorithm<StoredObject> _ ->
          throw new IllegalStateException("a put without conditions came to " + outcome);
    };
  }

  @Override
  public void delete(Cloud cloud, Name name) throws Refused {
    var _ = bucket(cloud, name.bucket()).delete(List.of(ObjectDeletion.of(key(name))));
  }

  @Override
  public Page list(Cloud cloud, String bucket, Query query) throws Refused {
    ListPage<StoredObject> page =
        bucket(cloud, bucket)
            .list(
                new ListQuery(
                    query.prefix(), query.delimiter(), position(query.cursor()), query.limit()));
    return new Page(
        page.entries().stream().map(FunctionBuckets::description).toList(),
        page.groups(),
        page.next().map(FunctionBuckets::cursor).orElse(""));
  }

  private static String cursor(ListPosition position) {
    return switch (position) {
      case ListPosition.Start() -> "";
      case ListPosition.AfterKey(String key) -> AFTER_KEY + key;
      case ListPosition.AfterId(String key, String _) -> AFTER_KEY + key;
      case ListPosition.AfterPrefix(String prefix) -> AFTER_PREFIX + prefix;
    };
  }

  private static ListPosition position(String cursor) {
    if (cursor.isEmpty()) {
      return ListPosition.START;
    }
    String text = cursor.substring(1);
    return cursor.startsWith(AFTER_PREFIX)
        ? new ListPosition.AfterPrefix(text)
        : new ListPosition.AfterKey(text);
  }

  private static Description description(StoredObject object) {
    ObjectAttributes attributes = object.attributes();
    return new Description(
        object.key().text(),
        object.size(),
        object.etag(),
        object.modified(),
        new Content(attributes.headers().getOrDefault(TYPE, ""), attributes.metadata()));
  }

  private static Bucket bucket(Cloud cloud, String bucket) throws Refused {
    return Buckets.in(cloud).find(name(bucket)).orElseThrow(() -> noBucket(bucket));
  }

  private static cloud.bevy.services.buckets.Content bytes(Upload upload) {
    return cloud.bevy.services.buckets.Content.of(upload.bytes(), upload.length());
  }

  private static BucketName name(String bucket) throws Refused {
    return BucketName.of(bucket)
        .orElseThrow(
            () -> new Refused("InvalidBucketName", "no bucket can be called \"" + bucket + '"'));
  }

  private static ObjectKey key(Name name) throws Refused {
    return ObjectKey.of(name.key())
        .orElseThrow(() -> new Refused("KeyTooLongError", "a key has 1 to 1,024 bytes"));
  }

  private static Refused noBucket(String bucket) {
    return new Refused(
        "NoSuchBucket", "bucket \"" + bucket + "\" was deleted: deploy the app again");
  }

  /// A stream that gives its object back.
  private static final class Closing extends FilterInputStream {
    private final OpenObject open;

    Closing(InputStream in, OpenObject open) {
      super(in);
      this.open = open;
    }

    @Override
    public void close() throws IOException {
      try (open) {
        super.close();
      }
    }
  }
}
