package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.PendingBlob;
import cloud.bevy.hyper.store.Ticket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The multipart uploads of a bucket: objects that arrive in parts, in any order, each of which may
/// be sent again. Nothing of them is visible as an object before they are completed.
public final class Uploads {
  private static final int ID_BYTES = 12;

  private final Bucket bucket;
  private final BucketCores cores;

  Uploads(Bucket bucket) {
    this.bucket = bucket;
    this.cores = bucket.cores();
  }

  /// Begins an upload.
  ///
  /// @param plan what the object's checksum is to be
  /// @return the upload's id, or nothing where the bucket was deleted in the meantime
  public Optional<String> begin(
      ObjectKey key, ObjectAttributes attributes, Optional<ChecksumPlan> plan) {
    if (!cores.use().enter()) {
      return Optional.empty();
    }
    try {
      Instant now = cores.cloud().world().time().now();
      String id = id(now);
      byte[] record = new UploadRecord(now, attributes, plan).write();
      Ticket ticket;
      try (BucketBatch batch = cores.batch()) {
        if (cores.use().gone()) {
          return Optional.empty();
        }
        batch.uploads().put(UploadKeys.upload(key.text(), id), record);
        ticket = batch.commit();
      }
      cores.cloud().durable(ticket);
      return Optional.of(id);
    } finally {
      cores.use().leave();
    }
  }

  /// Stores a part, in place of one of the same number.
  ///
  /// @param number 1 to 10,000
  /// @throws IOException where the content's bytes cannot be had
  public PutOutcome<UploadedPart> putPart(UploadAddress address, int number, Content content)
      throws IOException {
    Optional<PendingUpload> upload = find(cores.uploads(), address);
    if (upload.isEmpty()) {
      return new PutOutcome.NoSuchUpload<>();
    }
    Optional<ChecksumAlgorithm> planned = upload.get().checksum().map(ChecksumPlan::algorithm);
    Optional<ChecksumAlgorithm> claimed = content.checksum().map(Content.Claim::algorithm);
    if (planned.isPresent() && claimed.isPresent() && !planned.equals(claimed)) {
      return new PutOutcome.WrongAlgorithm<>(planned.get(), claimed.get());
    }
    if (!cores.use().enter()) {
      return new PutOutcome.BucketGone<>();
    }
    try {
      return store(upload.get(), number, content);
    } finally {
      cores.use().leave();
    }
  }

  /// Makes an object of the parts, without copying them.
  public Completion complete(CompletionRequest request) {
    if (!cores.use().enter()) {
      return new Completion.BucketGone();
    }
    try {
      return new UploadCompletion(bucket, request).run();
    } finally {
      cores.use().leave();
    }
  }

  /// Ends an upload without an object.
  ///
  /// @return whether there was such an upload
  public boolean abort(UploadAddress address) {
    if (!cores.use().enter()) {
      return false;
    }
    try {
      List<BlobId> blobs = new ArrayList<>();
      boolean there;
      Ticket ticket;
      try (BucketBatch batch = cores.batch()) {
        there = batch.uploads().delete(UploadKeys.upload(address.key().text(), address.id()));
        if (there) {
          removeParts(batch, address.id()).forEach(part -> blobs.add(part.record().blob()));
        }
        ticket = batch.commit();
      }
      cores.cloud().durable(ticket);
      blobs.forEach(blob -> cores.drive().clear(blob));
      return there;
    } finally {
      cores.use().leave();
    }
  }

  /// Lists the parts that were stored.
  ///
  /// @param after only parts with larger numbers
  /// @param limit how many at most
  /// @return nothing where there is no such upload
  public Optional<ListedParts> parts(UploadAddress address, int after, int limit) {
    Optional<PendingUpload> upload = find(cores.uploads(), address);
    if (upload.isEmpty()) {
      return Optional.empty();
    }
    List<UploadedPart> parts = new ArrayList<>();
    Range range =
        Range.prefix(UploadKeys.parts(address.id()))
            .intersect(Range.all().gt(UploadKeys.part(address.id(), after)));
    Iterator<BeeEntry> entries = cores.parts().range(range);
    while (parts.size() < limit && entries.hasNext()) {
      parts.add(StoredPart.read(entries.next()).uploaded());
    }
    return Optional.of(new ListedParts(upload.get(), parts, limit > 0 && entries.hasNext()));
  }

  /// Lists the uploads that have begun and not ended, in the order of their keys' bytes and then of
  /// their beginnings.
  public ListPage<PendingUpload> list(ListQuery query) {
    return ListPage.read(new UploadSource(cores.uploads()), query);
  }

  /// The upload of an address.
  public Optional<PendingUpload> find(UploadAddress address) {
    return find(cores.uploads(), address);
  }

  /// The upload of an address.
  static Optional<PendingUpload> find(BeeView uploads, UploadAddress address) {
    return uploads
        .get(UploadKeys.upload(address.key().text(), address.id()))
        .map(UploadSource::pending);
  }

  /// Takes all parts of an upload out.
  ///
  /// @return what they were, in the order of their numbers
  static List<StoredPart> removeParts(BucketBatch batch, String id) {
    List<StoredPart> parts = parts(batch, id);
    parts.forEach(part -> batch.parts().delete(UploadKeys.part(id, part.number())));
    return parts;
  }

  /// All parts of an upload, in the order of their numbers.
  static List<StoredPart> parts(BucketBatch batch, String id) {
    List<StoredPart> parts = new ArrayList<>();
    batch
        .parts()
        .range(Range.prefix(UploadKeys.parts(id)))
        .forEachRemaining(entry -> parts.add(StoredPart.read(entry)));
    return parts;
  }

  private PutOutcome<UploadedPart> store(PendingUpload upload, int number, Content content)
      throws IOException {
    ObjectAttributes attributes = upload.attributes();
    Encryption.KeyCheck check = Encryption.check(attributes.encryption(), content.key());
    if (check != Encryption.KeyCheck.FITS) {
      return new PutOutcome.WrongKey<>(check);
    }
    Optional<QuotaHold> hold = bucket.hold(content);
    if (hold.isEmpty()) {
      return new PutOutcome.QuotaExceeded<>();
    }
    try (QuotaHold held = hold.get()) {
      return store(upload, number, content, held);
    }
  }

  private PutOutcome<UploadedPart> store(
      PendingUpload upload, int number, Content content, QuotaHold hold) throws IOException {
    Optional<ChecksumAlgorithm> planned = upload.checksum().map(ChecksumPlan::algorithm);
    Intake intake = new Intake(content, planned.orElse(ChecksumAlgorithm.USUAL), hold);
    Optional<ObjectCipher> cipher = cores.cipher(upload.attributes(), content.key());
    long nonce = cipher.isPresent() ? nonce() : 0;
    PendingBlob blob =
        cores.drive().send(cipher.isPresent() ? cipher.get().apply(intake, nonce, 0) : intake);
    try {
      Intake.Receipt<UploadedPart> receipt = intake.receipt();
      StoredPart part =
          new StoredPart(number, record(blob.blob(), receipt, nonce, planned.isPresent()));
      return receipt.problem().isPresent()
          ? receipt.problem().get()
          : enter(upload.address(), part, blob);
    } finally {
      if (!blob.taken()) {
        cores.drive().clear(blob.blob());
      }
    }
  }

  /// Another one for each part that ever comes, as all of an upload's have one key.
  private long nonce() {
    return ByteBuffer.wrap(cores.cloud().world().chance().bytes(Long.BYTES)).getLong() | 1;
  }

  /// Where nobody planned a checksum, the part shows the one that came with it, and the object's is
  /// made of another.
  private PartRecord record(
      BlobId blob, Intake.Receipt<UploadedPart> receipt, long nonce, boolean planned) {
    Optional<Checksum> needed = Optional.of(receipt.needed());
    return new PartRecord(
        blob,
        receipt.etag(),
        receipt.size(),
        cores.cloud().world().time().now(),
        planned ? needed : receipt.claimed(),
        planned ? Optional.empty() : needed,
        nonce);
  }

  private PutOutcome<UploadedPart> enter(UploadAddress address, StoredPart part, PendingBlob blob) {
    byte[] key = UploadKeys.part(address.id(), part.number());
    Optional<PartRecord> old = Optional.empty();
    boolean there;
    Ticket ticket;
    try (BucketBatch batch = cores.batch()) {
      there = !cores.use().gone() && find(batch.uploads(), address).isPresent();
      if (there) {
        old = batch.parts().get(key).map(entry -> PartRecord.read(entry.value()));
        batch.objects().behind(blob);
        batch.parts().put(key, part.record().write());
      }
      ticket = batch.commit();
    }
    cores.cloud().durable(ticket);
    old.ifPresent(record -> cores.drive().clear(record.blob()));
    return there ? new PutOutcome.Stored<>(part.uploaded()) : new PutOutcome.NoSuchUpload<>();
  }

  /// Ids of one key sort by when their uploads began.
  private String id(Instant now) {
    byte[] random = cores.cloud().world().chance().bytes(ID_BYTES);
    return HexFormat.of().toHexDigits(now.toEpochMilli(), 12) + HexFormat.of().formatHex(random);
  }
}
