package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Checksum;
import cloud.bevy.services.buckets.ChecksumAlgorithm;
import cloud.bevy.services.buckets.ChecksumPlan;
import cloud.bevy.services.buckets.Completion;
import cloud.bevy.services.buckets.CompletionRequest;
import cloud.bevy.services.buckets.Encryption;
import cloud.bevy.services.buckets.PendingUpload;
import cloud.bevy.services.buckets.StoredObject;
import cloud.bevy.services.buckets.UploadAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Makes an object of the parts of a multipart upload.
final class CompleteMultipartUpload implements S3Operation {
  private static final int MOST_PARTS = 10_000;
  private static final String TYPE = "x-amz-checksum-type";
  private static final String SIZE = "x-amz-mp-object-size";

  @Override
  public void answer(S3Call call) throws IOException {
    UploadAddress address = Uploading.address(call);
    Bucket bucket = call.bucket();
    Optional<PendingUpload> upload = bucket.uploads().find(address);
    if (upload.isPresent()) {
      checkKey(call, upload.get(), () -> hasChecksums(bucket, address));
    }
    if (upload.isEmpty() && call.exchange().contentLength() == 0) {
      throw S3Error.NO_SUCH_UPLOAD.refused().with("UploadId", address.id());
    }
    XmlElement document = call.documentWithoutChecksum("CompleteMultipartUpload");
    List<CompletionRequest.Part> parts = parts(document);
    Optional<Checksum> whole = ChecksumHeaders.finished(call);
    Optional<ChecksumPlan> plan = upload.flatMap(PendingUpload::checksum);
    if (plan.isPresent()) {
      checkPlan(call, plan.get(), parts);
    } else if (upload.isPresent() && call.headers().has(TYPE)) {
      throw otherMode("null"); // so S3 calls the mode of an upload that has none
    }
    CompletionRequest request =
        new CompletionRequest(address, parts, WriteConditions.read(call), whole, size(call));
    StoredObject object = completed(call, bucket.uploads().complete(request));
    call.notes().size(object.size());
    VersionIds.answerPut(call, bucket, object.version());
    EncryptionHeaders.answer(call, object.attributes().encryption());
    ExpirationHeader.answer(call, bucket, object);
    call.send(result(call, bucket, object));
  }

  /// Checksums are those of the plain bytes, so who completes an upload with them has to bring the
  /// key along that its parts were encrypted with.
  private static void checkKey(S3Call call, PendingUpload upload, BooleanSupplier hasChecksums)
      throws S3Exception {
    Optional<Encryption> callers =
        upload.attributes().encryption().filter(encryption -> encryption.customer().isPresent());
    if (callers.isPresent() && (upload.checksum().isPresent() || hasChecksums.getAsBoolean())) {
      EncryptionHeaders.checkPart(Encryption.check(callers, EncryptionHeaders.key(call)));
    }
  }

  /// Whoever began an upload with checksums of its parts brings them along, and no other kind.
  private static void checkPlan(S3Call call, ChecksumPlan plan, List<CompletionRequest.Part> parts)
      throws S3Exception {
    String type = ChecksumHeaders.type(plan.composite());
    if (!call.header(TYPE).orElse(type).equals(type)) {
      throw otherMode(type);
    }
    for (CompletionRequest.Part part : parts) {
      Optional<ChecksumAlgorithm> named = part.checksum().map(Checksum::algorithm);
      if (named.isPresent() && named.get() != plan.algorithm()) {
        throw S3Error.BAD_DIGEST.refused(
            "The "
                + named.get().name().toLowerCase(Locale.ROOT)
                + " you specified for part "
                + part.number()
                + " did not match what we received.");
      }
      if (plan.composite() && part.checksum().isEmpty()) {
        throw S3Error.INVALID_REQUEST.refused(
            "The upload was created using a "
                + plan.algorithm().name().toLowerCase(Locale.ROOT)
                + " checksum. The complete request must include the checksum for each part. It was"
                + " missing for part "
                + part.number()
                + " in the request.");
      }
    }
  }

  private static S3Exception otherMode(String of) {
    return S3Error.INVALID_REQUEST.refused(
        "The upload was created using the "
            + of
            + " checksum mode. The complete request must use the same checksum mode.");
  }

  private static boolean hasChecksums(Bucket bucket, UploadAddress address) {
    return bucket
        .uploads()
        .parts(address, 0, MOST_PARTS)
        .filter(listed -> listed.parts().stream().anyMatch(part -> part.checksum().isPresent()))
        .isPresent();
  }

  private static List<CompletionRequest.Part> parts(XmlElement document) throws S3Exception {
    List<CompletionRequest.Part> parts = new ArrayList<>();
    for (XmlElement part : document.all("Part")) {
      String number = part.first("PartNumber").orElse("").strip();
      String etag = part.first("ETag").orElseThrow(S3Error.MALFORMED_XML::refused);
      if (!number.matches("-?[0-9]{1,9}")) {
        throw S3Error.MALFORMED_XML.refused();
      }
      if (Integer.parseInt(number) < 1) {
        throw S3Error.INVALID_ARGUMENT
            .refused("PartNumber must be >= 1")
            .about("PartNumber", number);
      }
      parts.add(
          new CompletionRequest.Part(
              Integer.parseInt(number), Preconditions.unquoted(etag), checksum(part)));
    }
    return parts;
  }

  private static Optional<Checksum> checksum(XmlElement part) throws S3Exception {
    Map<ChecksumAlgorithm, String> given = new EnumMap<>(ChecksumAlgorithm.class);
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      part.first(ChecksumHeaders.element(algorithm)).ifPresent(text -> given.put(algorithm, text));
    }
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Map.Entry<ChecksumAlgorithm, String> first = given.entrySet().iterator().next();
    Optional<Checksum> checksum = Checksum.read(first.getKey(), first.getValue());
    if (given.size() > 1 || checksum.isEmpty()) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Invalid Base64 or multiple checksums present in request")
          .about("Checksum", shown(given));
    }
    return checksum;
  }

  private static String shown(Map<ChecksumAlgorithm, String> given) {
    return given.size() == 1
        ? given.values().iterator().next()
        : given.entrySet().stream()
            .map(each -> each.getKey() + ":" + each.getValue() + ";")
            .collect(Collectors.joining());
  }

  private static Optional<Long> size(S3Call call) throws S3Exception {
    Optional<String> text = call.header(SIZE);
    if (text.isPresent() && !text.get().matches("[0-9]{1,18}")) {
      throw S3Error.INVALID_REQUEST.refused("Value for x-amz-mp-object-size header is invalid.");
    }
    return text.map(Long::parseLong);
  }

  private static StoredObject completed(S3Call call, Completion completion) throws S3Exception {
    return switch (completion) {
      case Completion.Completed(StoredObject object) -> object;
      case Completion.NoSuchUpload() ->
          throw S3Error.NO_SUCH_UPLOAD
              .refused()
              .with("UploadId", call.query().first("uploadId").orElse(""));
      case Completion.NoParts() ->
          throw S3Error.MALFORMED_XML.refused("You must specify at least one part");
      case Completion.InvalidPart(var part) -> throw invalid(call, part);
      case Completion.InvalidOrder() -> throw S3Error.INVALID_PART_ORDER.refused();
      case Completion.TooSmall(var part) ->
          throw S3Error.ENTITY_TOO_SMALL
              .refused()
              .with("ProposedSize", part.size())
              .with("MinSizeAllowed", Completion.SMALLEST_PART)
              .with("PartNumber", part.number())
              .with("ETag", part.etag());
      case Completion.TooLarge(long size) ->
          throw S3Error.ENTITY_TOO_LARGE.refused().with("ProposedSize", size);
      case Completion.ConditionFailed() -> throw S3Error.PRECONDITION_FAILED.refused();
      case Completion.Conflict() -> throw S3Error.CONDITIONAL_REQUEST_CONFLICT.refused();
      case Completion.NoSuchKey() -> throw S3Error.NO_SUCH_KEY.refused();
      case Completion.BucketGone() -> throw S3Error.NO_SUCH_BUCKET.refused();
      case Completion.WrongChecksum(var algorithm) ->
          throw ChecksumHeaders.mismatch(algorithm.name());
      case Completion.WrongSize(long size) ->
          throw S3Error.INVALID_REQUEST.refused(
              "The provided 'x-amz-mp-object-size' header value "
                  + call.header(SIZE).orElse("")
                  + " does not match what was computed: "
                  + size);
    };
  }

  private static S3Exception invalid(S3Call call, CompletionRequest.Part part) {
    return S3Error.INVALID_PART
        .refused()
        .with("UploadId", call.query().first("uploadId").orElse(""))
        .with("PartNumber", part.number())
        .with("ETag", part.etag());
  }

  private static XmlWriter result(S3Call call, Bucket bucket, StoredObject object) {
    String host = call.header("Host").orElse("");
    XmlWriter xml = XmlWriter.document("CompleteMultipartUploadResult");
    xml.element("Location", "http://" + host + AwsUri.encodePath(location(bucket, object)));
    xml.element("Bucket", bucket.name().text());
    xml.element("Key", object.key().text());
    xml.element("ETag", ObjectHeaders.quoted(object.etag()));
    object
        .checksum()
        .ifPresent(checksum -> {
          ChecksumHeaders.write(xml, checksum);
          xml.element("ChecksumType", ChecksumHeaders.type(checksum.composite()));
        });
    return xml.close("CompleteMultipartUploadResult");
  }

  private static String location(Bucket bucket, StoredObject object) {
    return "/" + bucket.name() + "/" + object.key();
  }
}
