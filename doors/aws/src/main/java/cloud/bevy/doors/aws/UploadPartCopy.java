package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.OpenObject;
import cloud.bevy.services.buckets.UploadAddress;
import cloud.bevy.services.buckets.UploadedPart;
import java.io.IOException;
import java.util.Optional;

/// Stores a part of a multipart upload that is a copy of an object or of a range of it.
final class UploadPartCopy implements S3Operation {
  private static final long LARGEST = 5L << 30;
  private static final String RANGE = "x-amz-copy-source-range";

  @Override
  public void answer(S3Call call) throws IOException {
    int number = Uploading.partNumber(call);
    UploadAddress address = Uploading.address(call);
    Bucket bucket = call.bucket();
    CopySource source = CopySource.read(call);
    try (OpenObject open = source.open(call)) {
      ByteRange range = range(call, open.object().size());
      Content content =
          Content.of(open.stream(range.offset(), range.length()), range.length())
              .with(EncryptionHeaders.key(call));
      UploadedPart part = PutAnswers.stored(bucket.uploads().putPart(address, number, content));
      call.notes().size(part.size());
      source.note(call, open.object(), AccessNames.COPIED_TO_A_PART);
      VersionIds.answerSource(call, call.bucket(source.bucket()), open.object().version());
      Uploading.answerEncryption(call, bucket, address);
      call.send(result(part));
    }
  }

  private static ByteRange range(S3Call call, long size) throws S3Exception {
    Optional<String> header = call.header(RANGE);
    ByteRange range = new ByteRange(0, size);
    if (header.isPresent()) {
      ByteRange.Asked asked =
          ByteRange.exactly(header.get(), size)
              .orElseThrow(() ->
                  S3Error.INVALID_ARGUMENT
                      .refused(
                          "The x-amz-copy-source-range value must be of the form bytes=first-last"
                              + " where first and last are the zero-based offsets of the first and"
                              + " last bytes to copy")
                      .about(RANGE, header.get()));
      if (!(asked instanceof ByteRange.Asked.Part(ByteRange part))) {
        throw S3Error.INVALID_RANGE
            .refused("Range specified is not valid for source object of size: " + size)
            .about(RANGE, header.get());
      }
      range = part;
    }
    if (range.length() > LARGEST) {
      throw S3Error.INVALID_REQUEST.refused(
          "The specified copy source is larger than the maximum allowable size for a copy source: "
              + LARGEST);
    }
    return range;
  }

  private static XmlWriter result(UploadedPart part) {
    XmlWriter xml = XmlWriter.document("CopyPartResult");
    xml.element("LastModified", HttpDates.listed(part.modified()));
    xml.element("ETag", ObjectHeaders.quoted(part.etag()));
    part.checksum().ifPresent(checksum -> ChecksumHeaders.write(xml, checksum));
    return xml.close("CopyPartResult");
  }
}
