package cloud.bevy.product.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.doors.aws.DynamoDoor;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketAlarms;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Cause;
import cloud.bevy.services.buckets.CompletionRequest;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.buckets.NotificationConfiguration;
import cloud.bevy.services.buckets.NotificationRule;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectDeletion;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.OpenObject;
import cloud.bevy.services.buckets.PutOutcome;
import cloud.bevy.services.buckets.StoredObject;
import cloud.bevy.services.buckets.UploadAddress;
import cloud.bevy.services.buckets.UploadedPart;
import cloud.bevy.services.buckets.WriteCondition;
import cloud.bevy.services.functions.Deployment;
import cloud.bevy.services.functions.Functions;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real function that is told of what happens in a real bucket, and writes it down in the same
/// bucket.
class EventsTest {
  private static final Path DIST = Path.of(System.getProperty("bevy.root", ".")).resolve("dist");
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final BucketName BUCKET = new BucketName("photos");

  /// It throws until there is an object `ready` in the bucket.
  private static final String FUNCTION =
      """
      export default {
        async event(event, env) {
          const [record] = event.Records;
          if (!(await env.PHOTOS.head("ready"))) {
            throw new Error("not ready");
          }
          const name = record.eventName.replace(":", "-");
          const key = decodeURIComponent(record.s3.object.key.replaceAll("+", " "));
          await env.PHOTOS.put(`seen/${name} ${key}`, JSON.stringify(event));
        },
      };
      """;

  private final World world = RealWorld.create((level, sentence) -> {});
  private Path home;
  private Clouds clouds;
  private Functions functions;
  private BucketAlarms alarms;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    assumeThat(DIST.resolve("engine/workerd")).as("the engine is installed").exists();
    assumeThat(NotesTest.namespaces()).as("this machine allows namespaces").isTrue();
    home = folder;
    open();
    try (Lease lease = clouds.open("default").orElseThrow()) {
      byte[] bundle = bundle().toByteArray();
      assertThat(functions.deploy(lease.cloud(), new ByteArrayInputStream(bundle)))
          .isInstanceOf(Deployment.Deployed.class);
      NotificationRule rule =
          new NotificationRule(
              "rule",
              "arn:aws:lambda:us-east-1:1:function:seer",
              "seer",
              List.of("s3:ObjectCreated:*", "s3:ObjectRemoved:*"),
              Optional.of("in/"),
              Optional.empty());
      NotificationConfiguration rules = new NotificationConfiguration(List.of(rule));
      assertThat(bucket(lease).settings().put(rules)).isTrue();
    }
  }

  private static ByteArrayOutputStream bundle() {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes("bevy-bundle 1 seer\n".getBytes(StandardCharsets.UTF_8));
    add(bundle, "bevy.json", "{\"buckets\":{\"PHOTOS\":\"photos\"}}");
    add(bundle, "function.js", FUNCTION);
    bundle.writeBytes("end\n".getBytes(StandardCharsets.UTF_8));
    return bundle;
  }

  private static void add(ByteArrayOutputStream bundle, String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    bundle.writeBytes((bytes.length + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
    bundle.writeBytes(bytes);
  }

  private void open() throws IOException {
    clouds = Clouds.open(world, home.resolve("home"), CloudLimits.defaults());
    clouds.create("default");
    Indexes indexes = new Indexes(world, home.resolve("search"), SearchLimits.defaults());
    functions = Apps.functions(world, DIST, home, new DynamoDoor(world, clouds, indexes));
    alarms = new BucketAlarms(new FunctionEvents(functions));
    clouds.wakeFor(alarms);
  }

  @AfterEach
  void stop() {
    if (clouds != null) {
      clouds.close();
      functions.close();
    }
  }

  @Test
  void aFunctionIsToldOfWhatIsPutCopiedCompletedAndDeleted() throws Exception {
    try (Lease lease = clouds.open("default").orElseThrow()) {
      Bucket bucket = bucket(lease);
      put(bucket, "ready");
      put(bucket, "in/a b");
      new Cause(Cause.Act.COPY, "me", "127.0.0.1", "1").run(() -> put(bucket, "in/copy"));
      upload(bucket, new ObjectKey("in/parts"));
      bucket.delete(List.of(ObjectDeletion.of(new ObjectKey("in/a b"))));
      assertSeen(
          bucket,
          "ObjectCreated-CompleteMultipartUpload in/parts",
          "ObjectCreated-Copy in/copy",
          "ObjectCreated-Put in/a b",
          "ObjectRemoved-Delete in/a b");
      assertThat(text(bucket, "seen/ObjectCreated-Put in/a b"))
          .contains("\"eventSource\":\"aws:s3\"", "\"key\":\"in/a+b\"", "\"size\":3");
    }
  }

  @Test
  void whatAFunctionHasNotTakenIsToldAgainAlsoByTheNextProcess() throws Exception {
    try (Lease lease = clouds.open("default").orElseThrow()) {
      put(bucket(lease), "in/a");
      await(() -> alarms.count().failed() >= 2);
      assertSeen(bucket(lease));
    }
    stop();
    open();
    try (Lease lease = clouds.open("default").orElseThrow()) {
      put(bucket(lease), "ready");
      assertSeen(bucket(lease), "ObjectCreated-Put in/a");
      await(() -> alarms.count().taken() == 1);
    }
  }

  private static Bucket bucket(Lease lease) {
    return Buckets.in(lease.cloud()).find(BUCKET).orElseThrow();
  }

  private static StoredObject put(Bucket bucket, String key) throws IOException {
    Content bytes = Content.of(new ByteArrayInputStream(new byte[3]), 3);
    PutOutcome<StoredObject> outcome =
        bucket.put(new ObjectKey(key), ObjectAttributes.NONE, bytes, WriteCondition.always());
    return ((PutOutcome.Stored<StoredObject>) outcome).stored();
  }

  private static void upload(Bucket bucket, ObjectKey key) throws IOException {
    Optional<String> id = bucket.uploads().begin(key, ObjectAttributes.NONE, Optional.empty());
    UploadAddress upload = new UploadAddress(key, id.orElseThrow());
    Content bytes = Content.of(new ByteArrayInputStream(new byte[3]), 3);
    PutOutcome<UploadedPart> part = bucket.uploads().putPart(upload, 1, bytes);
    String etag = ((PutOutcome.Stored<UploadedPart>) part).stored().etag();
    var _ =
        bucket
            .uploads()
            .complete(
                new CompletionRequest(
                    upload,
                    List.of(new CompletionRequest.Part(1, etag, Optional.empty())),
                    WriteCondition.always(),
                    Optional.empty(),
                    Optional.empty()));
  }

  /// Waits until the function has seen just that, in any order.
  private void assertSeen(Bucket bucket, String... events) throws InterruptedException {
    TreeSet<String> expected = new TreeSet<>(List.of(events));
    await(() -> seen(bucket).equals(expected));
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long end = world.time().nanos() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(world.time().nanos()).isLessThan(end);
      world.tasks().sleep(Duration.ofMillis(20));
    }
  }

  private static TreeSet<String> seen(Bucket bucket) {
    TreeSet<String> seen = new TreeSet<>();
    bucket
        .list(new ListQuery("seen/", "", ListPosition.START, 100))
        .entries()
        .forEach(object -> seen.add(object.key().text().substring("seen/".length())));
    return seen;
  }

  private static String text(Bucket bucket, String key) throws IOException {
    try (OpenObject open = bucket.open(new ObjectKey(key)).orElseThrow()) {
      byte[] bytes = open.stream(0, open.object().size()).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
