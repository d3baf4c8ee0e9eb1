package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ChecksumPlan;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.PendingUpload;
import cloud.bevy.services.buckets.UploadAddress;
import cloud.bevy.services.buckets.UploadedPart;
import java.io.IOException;
import java.util.Optional;

/// Stores a part of a multipart upload.
final class UploadPart implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    int number = Uploading.partNumber(call);
    UploadAddress address = Uploading.address(call);
    Bucket bucket = call.bucket();
    Content content = RequestContent.of(call);
    checkBringsChecksum(content, bucket.uploads().find(address));
    UploadedPart part = PutAnswers.stored(bucket.uploads().putPart(address, number, content));
    call.notes().size(part.size());
    call.answerHeader("ETag", ObjectHeaders.quoted(part.etag()));
    Uploading.answerEncryption(call, bucket, address);
    part.checksum()
        .ifPresent(checksum ->
            call.answerHeader(ChecksumHeaders.header(checksum.algorithm()), checksum.text()));
    call.sendEmpty(200);
  }

  /// Where the checksum of the whole is to be one of its parts' checksums, each part comes with its
  /// own.
  private static void checkBringsChecksum(Content content, Optional<PendingUpload> upload)
      throws S3Exception {
    Optional<ChecksumPlan> plan =
        upload.flatMap(PendingUpload::checksum).filter(ChecksumPlan::composite);
    if (plan.isPresent() && content.checksum().isEmpty()) {
      throw PutAnswers.otherAlgorithm(plan.get().algorithm(), Optional.empty());
    }
  }
}
