package cloud.bevy.services.buckets;

import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.store.Ticket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes an object of an upload's parts: one batch takes the upload and its parts out and puts the
/// object in.
final class UploadCompletion {
  private static final long LARGEST_OBJECT = 50L << 40;

  private final Bucket bucket;
  private final BucketCores cores;
  private final CompletionRequest request;

  /// The parts that the object does not have.
  private final List<BlobId> unused = new ArrayList<>();

  /// The lists of blocks that the object's own list has taken the place of.
  private final List<BlobId> maps = new ArrayList<>();

  /// The bytes of the version whose place the object has taken.
  private List<Optional<BlobId>> retired = List.of();

  UploadCompletion(Bucket bucket, CompletionRequest request) {
    this.bucket = bucket;
    this.cores = bucket.cores();
    this.request = request;
  }

  /// Completes the upload. A refusal changes nothing, and is told only when all it was decided on
  /// is durable.
  Completion run() {
    Completion completion;
    Ticket ticket;
    try (BucketBatch batch = cores.batch()) {
      completion = complete(batch);
      ticket = batch.commit();
    }
    cores.cloud().durable(ticket);
    retired.forEach(cores::retire);
    unused.forEach(blob -> cores.drive().clear(blob));
    maps.forEach(map ->
        cores.drive().content().clear(map.blockOffset(), map.blockOffset() + map.blockLength()));
    return completion;
  }

  private Completion complete(BucketBatch batch) {
    if (cores.use().gone()) {
      return new Completion.BucketGone();
    }
    Optional<PendingUpload> upload = Uploads.find(batch.uploads(), request.upload());
    Optional<VersionRecord> present = VersionView.in(batch).current(request.upload().key());
    if (upload.isEmpty()) {
      return repeated(present);
    }
    return switch (request.condition().check(present.flatMap(VersionRecord::object))) {
      case NO_SUCH_KEY -> new Completion.NoSuchKey();
      case FAILED -> new Completion.ConditionFailed();
      case HOLDS -> {
        List<StoredPart> chosen = new ArrayList<>();
        Optional<Completion> problem =
            conflict(upload.get(), present.flatMap(VersionRecord::object))
                .or(() -> choose(Uploads.parts(batch, request.upload().id()), chosen));
        yield problem.isPresent() ? problem.get() : complete(batch, upload.get(), chosen);
      }
    };
  }

  /// Whoever says which object is to be replaced has to have begun after it was there.
  private Optional<Completion> conflict(PendingUpload upload, Optional<StoredObject> present) {
    return present
        .filter(_ -> request.condition() instanceof WriteCondition.Present)
        .filter(object -> object.modified().isAfter(upload.initiated()))
        .map(_ -> new Completion.Conflict());
  }

  /// A caller that did not hear the answer asks again: the object that this upload made is still
  /// there.
  private Completion repeated(Optional<VersionRecord> present) {
    return present
        .map(VersionRecord::version)
        .filter(StoredObject.class::isInstance)
        .map(StoredObject.class::cast)
        .filter(object -> object.upload().equals(Optional.of(request.upload().id())))
        .<Completion>map(Completion.Completed::new)
        .orElseGet(Completion.NoSuchUpload::new);
  }

  private Completion complete(BucketBatch batch, PendingUpload upload, List<StoredPart> chosen) {
    StoredObject object = object(upload, chosen);
    Optional<Completion> problem = compare(object, upload);
    if (problem.isPresent()) {
      return problem.get();
    }
    String id = request.upload().id();
    BlobId blob = cores.drive().join(chosen.stream().map(part -> part.record().blob()).toList());
    List<StoredPart> stored = Uploads.removeParts(batch, id);
    batch.uploads().delete(UploadKeys.upload(object.key().text(), id));
    Versions versions = bucket.versions(batch);
    StoredObject entered = versions.put(object, blob);
    retired = versions.retired();
    Set<StoredPart> used = Set.copyOf(chosen);
    for (StoredPart part : stored) {
      BlobId partBlob = part.record().blob();
      if (!used.contains(part)) {
        unused.add(partBlob);
      } else if (partBlob.blockMap()) {
        maps.add(partBlob);
      }
    }
    return new Completion.Completed(entered);
  }

  /// Finds the parts that are named.
  private Optional<Completion> choose(List<StoredPart> stored, List<StoredPart> chosen) {
    Map<Integer, StoredPart> byNumber = new HashMap<>();
    stored.forEach(part -> byNumber.put(part.number(), part));
    int last = 0;
    for (CompletionRequest.Part wanted : request.parts()) {
      StoredPart part = byNumber.get(wanted.number());
      if (wanted.number() <= last) {
        return Optional.of(new Completion.InvalidOrder());
      }
      if (part == null || !same(part.record(), wanted)) {
        return Optional.of(new Completion.InvalidPart(wanted));
      }
      chosen.add(part);
      last = wanted.number();
    }
    return chosen.isEmpty() ? Optional.of(new Completion.NoParts()) : tooSmall(chosen);
  }

  private static boolean same(PartRecord part, CompletionRequest.Part wanted) {
    return part.etag().equals(wanted.etag())
        && (wanted.checksum().isEmpty() || wanted.checksum().equals(part.checksum()));
  }

  private static Optional<Completion> tooSmall(List<StoredPart> chosen) {
    return chosen.subList(0, chosen.size() - 1).stream()
        .filter(part -> part.record().size() < Completion.SMALLEST_PART)
        .findFirst()
        .map(part -> new Completion.TooSmall(part.uploaded()));
  }

  private Optional<Completion> compare(StoredObject object, PendingUpload upload) {
    if (object.size() > LARGEST_OBJECT) {
      return Optional.of(new Completion.TooLarge(object.size()));
    }
    if (request.size().isPresent() && request.size().get() != object.size()) {
      return Optional.of(new Completion.WrongSize(object.size()));
    }
    boolean other = request.checksum().isPresent() && !request.checksum().equals(object.checksum());
    Optional<ChecksumAlgorithm> made = object.checksum().map(Checksum::algorithm);
    boolean comparable =
        upload.checksum().isPresent()
            || (made.isPresent() && made.equals(request.checksum().map(Checksum::algorithm)));
    return other && comparable
        ? Optional.of(new Completion.WrongChecksum(request.checksum().get().algorithm()))
        : Optional.empty();
  }

  private StoredObject object(PendingUpload upload, List<StoredPart> parts) {
    return new StoredObject(
        request.upload().key(),
        ObjectVersion.none(0), // until it is entered
        PartEtags.combined(parts),
        parts.stream().mapToLong(part -> part.record().size()).sum(),
        cores.cloud().world().time().now(),
        upload.attributes(),
        upload.checksum().map(plan -> checksum(plan, parts)).or(() -> usual(parts)),
        parts.stream()
            .map(part ->
                new ObjectPart(
                    part.number(),
                    part.record().size(),
                    part.record().checksum(),
                    part.record().nonce()))
            .toList(),
        Optional.of(request.upload().id()));
  }

  /// Without a plan, the usual checksum. Not where a part came before there was one.
  private static Optional<Checksum> usual(List<StoredPart> parts) {
    List<Checksum.OfPart> checksums =
        parts.stream()
            .map(StoredPart::record)
            .flatMap(
                part -> part.ofWhole().map(sum -> new Checksum.OfPart(sum, part.size())).stream())
            .toList();
    return checksums.size() == parts.size()
        ? Optional.of(Checksum.full(ChecksumAlgorithm.USUAL, checksums))
        : Optional.empty();
  }

  /// With a plan each part's checksum was computed when it came.
  private static Checksum checksum(ChecksumPlan plan, List<StoredPart> parts) {
    List<Checksum.OfPart> checksums =
        parts.stream()
            .map(StoredPart::record)
            .map(part -> new Checksum.OfPart(part.checksum().orElseThrow(), part.size()))
            .toList();
    return plan.composite()
        ? Checksum.composite(plan.algorithm(), checksums)
        : Checksum.full(plan.algorithm(), checksums);
  }
}
