package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/// A bucket's versions beside a model of what S3 says of them.
class VersionsTest {
  private static final List<String> KEYS = List.of("a", "a/b", "a\0", "ä", "b");

  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private Clouds clouds;
  private Lease lease;
  private Bucket bucket;
  private Random random;

  /// The versions of each key, the latest first.
  private final TreeMap<String, List<Version>> model = new TreeMap<>(VersionsTest::compare);

  private Versioning versioning = Versioning.OFF;

  /// @param text what its bytes are; nothing for the mark of a deletion
  private record Version(String id, Optional<String> text) {}

  @BeforeEach
  void open() {
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    clouds.create("home");
    reopen();
  }

  private void reopen() {
    lease = clouds.open("home").orElseThrow();
    Buckets buckets = Buckets.in(lease.cloud());
    BucketName name = new BucketName("bucket");
    var _ = buckets.create(name, "");
    bucket = buckets.find(name).orElseThrow();
  }

  @AfterEach
  void close() {
    lease.close();
    clouds.close();
  }

  @RepeatedTest(12)
  void whatIsKeptIsWhatS3SaysIsKept(RepetitionInfo repetition) throws IOException {
    random = new Random(repetition.getCurrentRepetition());
    for (int step = 0; step < 120; step++) {
      switch (random.nextInt(12)) {
        case 0 -> setVersioning();
        case 1, 2, 3 -> delete(key());
        case 4, 5 -> deleteVersion(key());
        case 6 -> openAgain();
        default -> put(key(), "text " + step);
      }
    }
    check();
    drain();
    assertThat(bucket.listVersions(all(1)).entries()).isEmpty();
    assertThat(Buckets.in(lease.cloud()).delete(bucket.name())).isEqualTo(BucketDeletion.DELETED);
  }

  private void openAgain() {
    check();
    close();
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    reopen();
    assertThat(bucket.versioning()).isEqualTo(versioning);
  }

  private String key() {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  private void setVersioning() {
    versioning = random.nextInt(3) == 0 ? Versioning.SUSPENDED : Versioning.ENABLED;
    assertThat(bucket.setVersioning(versioning)).isTrue();
  }

  private void put(String key, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    PutOutcome<StoredObject> outcome =
        bucket.put(
            new ObjectKey(key),
            ObjectAttributes.NONE,
            Content.of(new ByteArrayInputStream(bytes), bytes.length),
            WriteCondition.always());
    StoredObject stored = ((PutOutcome.Stored<StoredObject>) outcome).stored();
    push(key, new Version(stored.version().id(), Optional.of(text)));
  }

  private void delete(String key) {
    ObjectDeletion.Outcome outcome =
        bucket.delete(List.of(ObjectDeletion.of(new ObjectKey(key)))).getFirst();
    assertThat(outcome.result()).isEqualTo(ObjectDeletion.Result.DELETED);
    assertThat(outcome.marker()).isEqualTo(versioning != Versioning.OFF);
    if (versioning == Versioning.OFF) {
      model.remove(key);
    } else {
      push(key, new Version(outcome.version().orElseThrow().id(), Optional.empty()));
    }
  }

  private void push(String key, Version version) {
    boolean none = versioning != Versioning.ENABLED;
    assertThat(version.id().equals(ObjectVersion.NULL)).isEqualTo(none);
    List<Version> versions = model.computeIfAbsent(key, _ -> new ArrayList<>());
    versions.removeIf(old -> old.id().equals(version.id()));
    versions.addFirst(version);
  }

  private void deleteVersion(String key) {
    List<Version> versions = model.getOrDefault(key, List.of());
    String id =
        versions.isEmpty() || random.nextInt(5) == 0
            ? "0123456789abcdef0123456789abcdef"
            : versions.get(random.nextInt(versions.size())).id();
    deleteVersion(key, id);
  }

  private void deleteVersion(String key, String id) {
    ObjectDeletion deletion =
        new ObjectDeletion(new ObjectKey(key), Optional.of(id), WriteCondition.always(), false);
    ObjectDeletion.Outcome outcome = bucket.delete(List.of(deletion)).getFirst();
    List<Version> versions = model.getOrDefault(key, List.of());
    Optional<Version> gone = versions.stream().filter(it -> it.id().equals(id)).findFirst();
    assertThat(outcome.version().map(ObjectVersion::id)).isEqualTo(gone.map(Version::id));
    assertThat(outcome.marker()).isEqualTo(gone.filter(it -> it.text().isEmpty()).isPresent());
    gone.ifPresent(versions::remove);
    if (gone.isPresent() && versions.isEmpty()) {
      model.remove(key);
    }
  }

  private void drain() {
    for (String key : List.copyOf(model.keySet())) {
      for (Version version : List.copyOf(model.get(key))) {
        deleteVersion(key, version.id());
        check();
      }
    }
  }

  private void check() {
    List<String> expected = new ArrayList<>();
    List<String> current = new ArrayList<>();
    for (Map.Entry<String, List<Version>> entry : model.entrySet()) {
      ObjectKey key = new ObjectKey(entry.getKey());
      Version latest = entry.getValue().getFirst();
      latest.text().ifPresent(_ -> current.add(key.text()));
      assertThat(text(key, Optional.empty())).isEqualTo(latest.text());
      for (Version version : entry.getValue()) {
        expected.add(
            key
                + " "
                + version.id()
                + " "
                + version.text().isPresent()
                + " "
                + (version == latest));
        assertThat(text(key, Optional.of(version.id()))).isEqualTo(version.text());
      }
    }
    for (int page : new int[] {1, 2, 1000}) {
      assertThat(listed(page)).isEqualTo(expected);
    }
    ListQuery objects = new ListQuery("", "", ListPosition.START, 1000);
    assertThat(bucket.list(objects).entries().stream().map(it -> it.key().text()))
        .isEqualTo(current);
  }

  private Optional<String> text(ObjectKey key, Optional<String> version) {
    try (OpenObject open = bucket.open(key, version).orElse(null)) {
      if (open == null) {
        return Optional.empty();
      }
      byte[] bytes = open.stream(0, open.object().size()).readAllBytes();
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> listed(int page) {
    List<String> listed = new ArrayList<>();
    Optional<ListPosition> next = Optional.of(ListPosition.START);
    while (next.isPresent()) {
      ListPage<ListedVersion> read = bucket.listVersions(new ListQuery("", "", next.get(), page));
      for (ListedVersion version : read.entries()) {
        KeyVersion it = version.version();
        listed.add(
            it.key()
                + " "
                + it.version().id()
                + " "
                + (it instanceof StoredObject)
                + " "
                + version.latest());
      }
      next = read.next();
    }
    return listed;
  }

  private static ListQuery all(int limit) {
    return new ListQuery("", "", ListPosition.START, limit);
  }

  private static int compare(String left, String right) {
    return java.util.Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
