package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.UploadAddress;
import cloud.bevy.services.buckets.UploadedPart;
import java.io.IOException;

/// Stores a part of a multipart upload.
final class UploadPart implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    int number = Uploading.partNumber(call);
    UploadAddress address = Uploading.address(call);
    Bucket bucket = call.bucket();
    UploadedPart part =
        PutAnswers.stored(bucket.uploads().putPart(address, number, RequestContent.of(call)));
    call.notes().size(part.size());
    call.answerHeader("ETag", ObjectHeaders.quoted(part.etag()));
    Uploading.answerEncryption(call, bucket, address);
    part.checksum()
        .ifPresent(checksum ->
            call.answerHeader(ChecksumHeaders.header(checksum.algorithm()), checksum.text()));
    call.sendEmpty(200);
  }
}
