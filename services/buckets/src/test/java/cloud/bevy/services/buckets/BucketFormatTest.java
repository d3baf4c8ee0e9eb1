package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.drive.BlobId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The bytes of `docs/formats/bucket.md`.
class BucketFormatTest {
  private static final Checksum CHECKSUM =
      Checksum.of(ChecksumAlgorithm.CRC32, new byte[] {1, 2, 3, 4});
  private static final ObjectAttributes ATTRIBUTES =
      new ObjectAttributes(
          new TreeMap<>(Map.of("content-type", "text/plain")),
          new TreeMap<>(Map.of("colour", "grün")),
          "GLACIER",
          new TreeMap<>(Map.of("team", "blue")),
          new ObjectLock(
              Optional.of(new Retention(LockMode.COMPLIANCE, Instant.ofEpochMilli(9))),
              Optional.of(true)),
          Optional.of(
              new Encryption(
                  "salt", Optional.of(new Encryption.Customer("md5", "c")), Optional.empty())),
          ObjectAccess.OWNERS);

  @Test
  void anObject() {
    StoredObject object =
        new StoredObject(
            new ObjectKey("key"),
            ObjectVersion.none(7),
            "abc-1",
            5,
            Instant.ofEpochMilli(1000),
            ATTRIBUTES,
            Optional.of(CHECKSUM),
            List.of(new ObjectPart(7, 5, Optional.of(CHECKSUM), 9)),
            Optional.of("upload"));
    String golden =
        "{\"version\":1,\"etag\":\"abc-1\",\"size\":5,\"modified\":1000,"
            + "\"headers\":{\"content-type\":\"text/plain\"},\"user\":{\"colour\":\"grün\"},"
            + "\"storageClass\":\"GLACIER\",\"tags\":{\"team\":\"blue\"},"
            + "\"lockMode\":\"COMPLIANCE\",\"lockedUntil\":9,\"legalHold\":true,"
            + "\"encryption\":{\"salt\":\"salt\",\"keyMd5\":\"md5\",\"check\":\"c\"},"
            + "\"checksum\":{\"CRC32\":\"AQIDBA==\"},"
            + "\"parts\":[{\"number\":7,\"size\":5,\"checksum\":{\"CRC32\":\"AQIDBA==\"},"
            + "\"nonce\":9}],"
            + "\"upload\":\"upload\"}";
    assertThat(ObjectRecord.write(object)).isEqualTo(golden);
    assertThat(ObjectRecord.read(object.key(), 7, golden)).isEqualTo(object);
  }

  @Test
  void versionsOfAKey() {
    ObjectVersion kept = ObjectVersion.kept(258, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThat(kept.id()).isEqualTo("00000000000001020102030405060708");
    DeleteMarker marker = new DeleteMarker(new ObjectKey("a\0b"), kept, Instant.ofEpochMilli(7));
    VersionRecord record = new VersionRecord(marker, Optional.empty());
    assertThat(HexFormat.of().formatHex(record.key())).isEqualTo("6100ff6200017ffffffffffffefd");
    assertThat(new String(record.write(), StandardCharsets.UTF_8))
        .isEqualTo("{\"version\":1,\"id\":\"" + kept.id() + "\",\"deleted\":7}");
    assertThat(VersionRecord.read(new BeeEntry(0, record.key(), record.write()))).isEqualTo(record);
    StoredObject object =
        new StoredObject(
            new ObjectKey("key"),
            kept,
            "ab",
            4,
            Instant.ofEpochMilli(7),
            ObjectAttributes.NONE,
            Optional.empty(),
            List.of(),
            Optional.empty());
    VersionRecord older = new VersionRecord(object, Optional.of(new BlobId(1, 2, 3, 4, false)));
    assertThat(new String(older.write(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"version\":1,\"id\":\""
                + kept.id()
                + "\",\"object\":{\"etag\":\"ab\",\"size\":4,\"modified\":7},"
                + "\"blob\":{\"blockOffset\":1,\"blockLength\":2,\"byteOffset\":3,"
                + "\"byteLength\":4,\"blockMap\":false}}");
    assertThat(VersionRecord.read(new BeeEntry(0, older.key(), older.write()))).isEqualTo(older);
    String current = ObjectRecord.write(object);
    assertThat(current).startsWith("{\"version\":1,\"versionId\":\"" + kept.id() + "\",\"etag\"");
    assertThat(ObjectRecord.read(object.key(), 9, current)).isEqualTo(object);
  }

  @Test
  void aStep() {
    StepRecord plain = new StepRecord(Instant.ofEpochMilli(7), List.of(), StepRecord.State.NOTHING);
    assertThat(new String(plain.write(), StandardCharsets.UTF_8))
        .isEqualTo("{\"version\":1,\"at\":7}");
    byte[] key = StepRecord.key(258);
    assertThat(HexFormat.of().formatHex(key)).isEqualTo("0000000000000102");
    StepRecord step =
        new StepRecord(
            Instant.ofEpochMilli(7),
            List.of(new StepRecord.Retired(new BlobId(1, 2, 3, 4, false), 4)),
            new StepRecord.State(9, 5, 3));
    assertThat(new String(step.write(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"version\":1,\"at\":7,\"retired\":[{\"blockOffset\":1,\"blockLength\":2,"
                + "\"byteOffset\":3,\"byteLength\":4,\"blockMap\":false,\"size\":4}],"
                + "\"total\":9,\"reclaimed\":5,\"next\":3}");
    assertThat(StepRecord.read(new BeeEntry(260, key, step.write()))).isEqualTo(step);
    assertThat(StepRecord.first(new BeeEntry(260, key, step.write()))).isEqualTo(258);
  }

  @Test
  void howLongWhatWasIsKept() {
    String text = "{\"version\":1,\"seconds\":86400,\"bytes\":268435456}";
    assertThat(HistorySpan.DEFAULT.write()).isEqualTo(text);
    assertThat(HistorySpan.read(text)).isEqualTo(HistorySpan.DEFAULT);
  }

  @Test
  void aBucket() {
    BucketRecord record = new BucketRecord("0a", Instant.ofEpochMilli(7), "eu-west-1", "");
    assertThat(new String(record.write(), StandardCharsets.UTF_8))
        .isEqualTo("{\"version\":1,\"incarnation\":\"0a\",\"created\":7,\"region\":\"eu-west-1\"}");
    assertThat(BucketRecord.read(record.write())).isEqualTo(record);
  }

  @Test
  void aBucketOfAUser() {
    BucketRecord record = new BucketRecord("0a", Instant.ofEpochMilli(7), "", "ann");
    assertThat(new String(record.write(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"version\":1,\"incarnation\":\"0a\",\"created\":7,\"region\":\"\","
                + "\"owner\":\"ann\"}");
    assertThat(BucketRecord.read(record.write())).isEqualTo(record);
  }

  @Test
  void anObjectThatOthersOwnOrMayUse() {
    Acl acl =
        new Acl(
            List.of(
                new Grant(new Grantee.User("ann"), Permission.FULL_CONTROL),
                new Grant(Grantee.Group.ALL_USERS, Permission.READ)));
    ObjectAccess access = new ObjectAccess(Optional.of("ann"), Optional.of(acl));
    StoredObject object =
        new StoredObject(
            new ObjectKey("key"),
            ObjectVersion.none(7),
            "abc",
            5,
            Instant.ofEpochMilli(1000),
            ObjectAttributes.NONE.withAccess(access),
            Optional.empty(),
            List.of(),
            Optional.empty());
    String grants =
        "[{\"user\":\"ann\",\"may\":\"FULL_CONTROL\"},"
            + "{\"group\":\"ALL_USERS\",\"may\":\"READ\"}]";
    String golden =
        "{\"version\":1,\"etag\":\"abc\",\"size\":5,\"modified\":1000,"
            + "\"owner\":\"ann\",\"acl\":"
            + grants
            + "}";
    assertThat(ObjectRecord.write(object)).isEqualTo(golden);
    assertThat(ObjectRecord.read(object.key(), 7, golden)).isEqualTo(object);
    assertThat(acl.write()).isEqualTo("{\"version\":1,\"grants\":" + grants + "}");
    assertThat(Acl.read(acl.write())).isEqualTo(acl);
  }

  @Test
  void aPublicAccessBlock() {
    PublicAccessBlock block = new PublicAccessBlock(true, false, true, false);
    assertThat(block.write())
        .isEqualTo(
            "{\"version\":1,\"blockAcls\":true,\"ignoreAcls\":false,\"blockPolicy\":true,"
                + "\"restrictBuckets\":false}");
    assertThat(PublicAccessBlock.read(block.write())).isEqualTo(block);
  }

  @Test
  void anUpload() {
    UploadRecord record =
        new UploadRecord(
            Instant.ofEpochMilli(7),
            ObjectAttributes.NONE,
            Optional.of(new ChecksumPlan(ChecksumAlgorithm.CRC32C, true)));
    assertThat(new String(record.write(), StandardCharsets.UTF_8))
        .isEqualTo("{\"version\":1,\"initiated\":7,\"algorithm\":\"CRC32C\",\"composite\":true}");
    assertThat(UploadRecord.read(record.write())).isEqualTo(record);
  }

  private static PartRecord part(Optional<Checksum> ofWhole) {
    BlobId blob = new BlobId(1, 2, 3, 4, false);
    Instant moment = Instant.ofEpochMilli(7);
    return new PartRecord(blob, "ab", 4, moment, Optional.empty(), ofWhole, 0);
  }

  @Test
  void aPart() {
    PartRecord record = part(Optional.empty());
    assertThat(new String(record.write(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"version\":1,\"etag\":\"ab\",\"size\":4,\"modified\":7,\"blob\":{\"blockOffset\":1,"
                + "\"blockLength\":2,\"byteOffset\":3,\"byteLength\":4,\"blockMap\":false}}");
    assertThat(PartRecord.read(record.write())).isEqualTo(record);
  }

  @Test
  void aPartOfAnUploadWithoutAPlannedChecksum() {
    Checksum usual = Checksum.of(ChecksumAlgorithm.CRC64NVME, new byte[8]);
    PartRecord record = part(Optional.of(usual));
    assertThat(new String(record.write(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"version\":1,\"etag\":\"ab\",\"size\":4,\"modified\":7,"
                + "\"crc64nvme\":\"AAAAAAAAAAA=\",\"blob\":{\"blockOffset\":1,"
                + "\"blockLength\":2,\"byteOffset\":3,\"byteLength\":4,\"blockMap\":false}}");
    assertThat(PartRecord.read(record.write())).isEqualTo(record);
  }

  @Test
  void aLifecycle() {
    LifecycleRule rule =
        new LifecycleRule(
            "one",
            true,
            new LifecycleFilter(
                false,
                Optional.of("logs/"),
                new TreeMap<>(Map.of("team", "blue")),
                Optional.of(1L),
                Optional.of(9L)),
            Optional.of(new LifecycleTime.Days(3)),
            false,
            Optional.of(new LifecycleRule.NoncurrentExpiration(4, Optional.of(5))),
            Optional.of(6),
            List.of(
                new LifecycleRule.Transition(
                    new LifecycleTime.Date(Instant.ofEpochMilli(7)), "GLACIER")),
            List.of(new LifecycleRule.NoncurrentTransition(2, Optional.empty(), "GLACIER")));
    LifecycleConfiguration configuration = new LifecycleConfiguration(List.of(rule), true);
    String golden =
        "{\"version\":1,\"smallOnesToo\":true,\"rules\":[{\"id\":\"one\",\"enabled\":true,"
            + "\"filter\":{\"plain\":false,\"prefix\":\"logs/\",\"tags\":{\"team\":\"blue\"},"
            + "\"largerThan\":1,\"smallerThan\":9},\"expiration\":{\"days\":3},"
            + "\"noncurrentExpiration\":{\"days\":4,\"kept\":5},\"abortUploadsAfter\":6,"
            + "\"transitions\":[{\"date\":7,\"storageClass\":\"GLACIER\"}],"
            + "\"noncurrentTransitions\":[{\"days\":2,\"storageClass\":\"GLACIER\"}]}]}";
    assertThat(LifecycleRecord.write(configuration)).isEqualTo(golden);
    assertThat(LifecycleRecord.read(golden)).isEqualTo(configuration);
  }

  @Test
  void whoIsTold() {
    NotificationConfiguration configuration =
        new NotificationConfiguration(
            List.of(
                new NotificationRule(
                    "one",
                    "arn",
                    "thumbs",
                    List.of("s3:ObjectCreated:*"),
                    Optional.of("in/"),
                    Optional.empty())));
    String golden =
        "{\"version\":1,\"rules\":[{\"id\":\"one\",\"destination\":\"arn\",\"function\":\"thumbs\","
            + "\"events\":[\"s3:ObjectCreated:*\"],\"prefix\":\"in/\"}]}";
    assertThat(NotificationRecord.write(configuration)).isEqualTo(golden);
    assertThat(NotificationRecord.read(golden)).isEqualTo(configuration);
  }

  private static EventRecord event(EventType type, Optional<Retention> retention) {
    return EventRecord.of(
        new BucketEvent(
            258,
            type,
            Instant.ofEpochMilli(7),
            new BucketEvent.Subject(
                new ObjectKey("a"),
                Optional.of("v"),
                Optional.of(new BucketEvent.Content(3, "ab", "STANDARD", retention))),
            new Cause(Cause.Act.PUT, "me", "::1", "r"),
            "one",
            "thumbs"));
  }

  @Test
  void anEventOfAnObjectThatIsKept() {
    Retention retention = new Retention(LockMode.GOVERNANCE, Instant.ofEpochMilli(11));
    EventRecord event = event(EventType.RETENTION_PUT, Optional.of(retention));
    assertThat(new String(event.write(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"version\":1,\"type\":\"RETENTION_PUT\",\"at\":7,\"key\":\"a\",\"id\":\"v\","
                + "\"size\":3,\"etag\":\"ab\",\"storageClass\":\"STANDARD\","
                + "\"lockMode\":\"GOVERNANCE\",\"lockedUntil\":11,\"act\":\"PUT\","
                + "\"principal\":\"me\",\"address\":\"::1\",\"request\":\"r\","
                + "\"rule\":\"one\",\"function\":\"thumbs\"}");
    assertThat(EventRecord.read(new BeeEntry(1, event.key(), event.write()))).isEqualTo(event);
  }

  @Test
  void anEventThatWaits() {
    EventRecord fresh = event(EventType.CREATED_PUT, Optional.empty());
    EventRecord failed = fresh.failed(Instant.ofEpochMilli(9), true);
    String common =
        "{\"version\":1,\"type\":\"CREATED_PUT\",\"at\":7,\"key\":\"a\",\"id\":\"v\",\"size\":3,"
            + "\"etag\":\"ab\",\"storageClass\":\"STANDARD\",\"act\":\"PUT\",\"principal\":\"me\","
            + "\"address\":\"::1\",\"request\":\"r\",\"rule\":\"one\",\"function\":\"thumbs\"";
    assertThat(HexFormat.of().formatHex(fresh.key())).isEqualTo("0000000000000102");
    assertThat(new String(fresh.write(), StandardCharsets.UTF_8)).isEqualTo(common + "}");
    assertThat(new String(failed.write(), StandardCharsets.UTF_8))
        .isEqualTo(common + ",\"tries\":1,\"next\":1009,\"lost\":true}");
    assertThat(EventRecord.read(new BeeEntry(1, fresh.key(), fresh.write()))).isEqualTo(fresh);
    assertThat(EventRecord.read(new BeeEntry(1, failed.key(), failed.write()))).isEqualTo(failed);
  }

  @Test
  void theKeysOfUploadsAndParts() {
    byte[] upload = UploadKeys.upload("a\u0000b", "id");
    assertThat(HexFormat.of().formatHex(upload)).isEqualTo("6100ff6200016964");
    assertThat(UploadKeys.objectKey(upload)).isEqualTo("a\u0000b");
    assertThat(UploadKeys.id(upload)).isEqualTo("id");
    byte[] part = UploadKeys.part("id", 258);
    assertThat(HexFormat.of().formatHex(part)).isEqualTo("69640000000102");
    assertThat(UploadKeys.number(part)).isEqualTo(258);
  }

  @Test
  void aRecordOfALaterVersionIsNotRead() {
    assertThatThrownBy(() -> ObjectRecord.read(new ObjectKey("key"), 7, "{\"version\":2}"))
        .isInstanceOf(BucketFault.class);
  }
}
