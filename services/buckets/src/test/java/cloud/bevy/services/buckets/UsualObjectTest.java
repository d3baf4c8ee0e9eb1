package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsualObjectTest {
  private static final int INPUTS = 100_000;
  private static final long SEQUENCE = 7;
  private static final ObjectKey KEY = new ObjectKey("key");
  private static final ObjectAttributes DESCRIBED =
      ObjectAttributes.plain(
          new TreeMap<>(Map.of("cache-control", "no-cache", "content-type", "text/plain")),
          new TreeMap<>(Map.of("who", "André")));
  private static final Optional<Checksum> CHECKSUM =
      Checksum.read(ChecksumAlgorithm.CRC32, "AAAAAA==-3");

  @Test
  void whatIsWrittenIsReadAsJsonWouldBe() {
    ObjectVersion kept = ObjectVersion.kept(3, new byte[ObjectVersion.RANDOM_BYTES]);
    for (ObjectVersion version : List.of(ObjectVersion.none(SEQUENCE), kept)) {
      for (ObjectAttributes attributes : List.of(ObjectAttributes.NONE, DESCRIBED)) {
        for (Optional<Checksum> checksum : List.of(CHECKSUM, Optional.<Checksum>empty())) {
          StoredObject object = object(version, attributes, checksum);
          assertThat(UsualObject.read(KEY, SEQUENCE, ObjectRecord.write(object)))
              .isEqualTo(object)
              .isEqualTo(ObjectRecord.readJson(KEY, SEQUENCE, ObjectRecord.write(object)));
        }
      }
    }
  }

  @Test
  void whatIsSaidBesideIsLeftToTheParser() {
    ObjectAttributes tagged = ObjectAttributes.NONE.withTags(new TreeMap<>(Map.of("a", "b")));
    ObjectAttributes quoted =
        ObjectAttributes.plain(new TreeMap<>(Map.of("content-type", "a\"b")), new TreeMap<>());
    ObjectAttributes archived = ObjectAttributes.NONE.withStorageClass("GLACIER");
    for (ObjectAttributes attributes : List.of(tagged, quoted, archived)) {
      StoredObject object = object(ObjectVersion.none(SEQUENCE), attributes, CHECKSUM);
      assertThat(UsualObject.read(KEY, SEQUENCE, ObjectRecord.write(object))).isNull();
      assertThat(ObjectRecord.read(KEY, SEQUENCE, ObjectRecord.write(object))).isEqualTo(object);
    }
  }

  @Test
  void noRecordIsReadOtherwiseThanTheParserDoes() {
    Random random = new Random(1);
    String good = ObjectRecord.write(object(ObjectVersion.none(SEQUENCE), DESCRIBED, CHECKSUM));
    for (int i = 0; i < INPUTS; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
      }
      StoredObject usual = UsualObject.read(KEY, SEQUENCE, text.toString());
      if (usual != null) {
        assertThat(parsed(text.toString())).as(text.toString()).isEqualTo(usual);
      }
    }
  }

  private static @Nullable StoredObject parsed(String json) {
    try {
      return ObjectRecord.readJson(KEY, SEQUENCE, json);
    } catch (BucketFault damaged) {
      return null;
    }
  }

  private static StoredObject object(
      ObjectVersion version, ObjectAttributes attributes, Optional<Checksum> checksum) {
    return new StoredObject(
        KEY,
        version,
        "0123456789abcdef0123456789abcdef-3",
        123_456_789_012L,
        Instant.ofEpochMilli(1_790_000_000_123L),
        attributes,
        checksum,
        List.of(),
        Optional.empty());
  }
}
