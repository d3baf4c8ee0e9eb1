package cloud.bevy.testing.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Completion;
import cloud.bevy.services.buckets.Content;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts, overwrites, uploads in parts and deletes the objects of one prefix.
final class ObjectWriter implements Writer {
  private static final BucketName BUCKET = new BucketName("photos");
  private static final String NUMBER = "number";
  private static final int KEYS = 4;
  private static final int PAGE = 2;
  private static final int LARGE_UPLOADS_ONE_IN = 24;

  private final String prefix;
  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();
  private @Nullable PartedUpload upload;

  /// @param name what no other writer has
  ObjectWriter(String name, SplittableRandom random) {
    this.prefix = name + "/";
    this.random = random;
  }

  /// Makes the bucket, unless it is there.
  static void prepare(Cloud cloud) {
    Buckets.in(cloud).create(BUCKET, "");
  }

  @Override
  public void check(Cloud cloud) throws IOException {
    Bucket bucket = bucket(cloud);
    List<StoredObject> present = new ArrayList<>();
    for (String key : ledger.keys()) {
      Optional<StoredObject> object = bucket.find(new ObjectKey(key));
      ledger.settle(key, object.isEmpty() ? null : read(bucket, object.get()));
      object.ifPresent(present::add);
    }
    assertThat(list(bucket)).isEqualTo(present);
    if (upload != null) {
      upload.check(bucket);
    }
  }

  private static long read(Bucket bucket, StoredObject object) throws IOException {
    try (OpenObject opened = bucket.open(object.key()).orElseThrow();
        InputStream bytes = opened.stream(0, object.size())) {
      assertThat(opened.object()).isEqualTo(object);
      long number = Long.parseLong(object.attributes().metadata().get(NUMBER));
      byte[] expected = Payload.of(number);
      assertThat(object.size()).isEqualTo(expected.length);
      assertThat(bytes.readAllBytes()).as("content of %s", object.key()).isEqualTo(expected);
      return number;
    }
  }

  private List<StoredObject> list(Bucket bucket) {
    List<StoredObject> listed = new ArrayList<>();
    Optional<ListPosition> position = Optional.of(ListPosition.START);
    while (position.isPresent()) {
      ListPage<StoredObject> page = bucket.list(new ListQuery(prefix, "", position.get(), PAGE));
      listed.addAll(page.entries());
      position = page.next();
    }
    return listed;
  }

  @Override
  public void write(Cloud cloud) throws IOException {
    Bucket bucket = bucket(cloud);
    if (upload != null) {
      goOn(bucket, upload);
      return;
    }
    String key = prefix + random.nextInt(KEYS);
    switch (random.nextInt(8)) {
      case 0 -> begin(bucket, key);
      case 1, 2 -> delete(bucket, List.of(key));
      case 3 -> delete(bucket, List.of(prefix + 0, prefix + (KEYS - 1)));
      default -> put(bucket, key);
    }
  }

  private void put(Bucket bucket, String key) throws IOException {
    long number = Payload.number(random);
    byte[] bytes = Payload.of(number);
    ledger.attempt(key, number);
    PutOutcome<StoredObject> outcome =
        bucket.put(new ObjectKey(key), attributes(number), content(bytes), WriteCondition.always());
    assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
    ledger.acknowledge(key, number);
  }

  private void delete(Bucket bucket, List<String> keys) {
    List<ObjectDeletion> deletions =
        keys.stream().map(key -> ObjectDeletion.of(new ObjectKey(key))).toList();
    keys.forEach(key -> ledger.attempt(key, null));
    assertThat(bucket.delete(deletions))
        .allMatch(outcome -> outcome.result() == ObjectDeletion.Result.DELETED);
    keys.forEach(key -> ledger.acknowledge(key, null));
  }

  private void begin(Bucket bucket, String key) {
    boolean large = random.nextInt(LARGE_UPLOADS_ONE_IN) == 0;
    long number = large ? Payload.longNumber(random) : Payload.number(random);
    upload = PartedUpload.begin(bucket, new ObjectKey(key), number, random);
  }

  /// The next step of the upload; nothing else is done to its key until it has ended.
  private void goOn(Bucket bucket, PartedUpload begun) throws IOException {
    String key = begun.key().text();
    switch (begun.next()) {
      case PartedUpload.Step.PART -> begun.putPart(bucket);
      case PartedUpload.Step.COMPLETE -> {
        ledger.attempt(key, begun.number());
        assertThat(begun.complete(bucket)).isInstanceOf(Completion.Completed.class);
        ledger.acknowledge(key, begun.number());
        upload = null;
      }
      case PartedUpload.Step.ABORT -> {
        begun.abort(bucket);
        upload = null;
      }
    }
  }

  static ObjectAttributes attributes(long number) {
    TreeMap<String, String> metadata = new TreeMap<>();
    metadata.put(NUMBER, Long.toString(number));
    return ObjectAttributes.plain(new TreeMap<>(), metadata);
  }

  static Content content(byte[] bytes) {
    return Content.of(new ByteArrayInputStream(bytes), bytes.length);
  }

  private static Bucket bucket(Cloud cloud) {
    return Buckets.in(cloud).find(BUCKET).orElseThrow();
  }
}
