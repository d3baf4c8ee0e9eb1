package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ListedParts;
import cloud.bevy.services.buckets.UploadAddress;
import cloud.bevy.services.buckets.UploadedPart;
import java.io.IOException;

/// Lists the parts of a multipart upload that have been uploaded.
final class ListParts implements S3Operation {
  private static final int MOST = 1000;

  @Override
  public void answer(S3Call call) throws IOException {
    UploadAddress address = Uploading.address(call);
    Bucket bucket = call.bucket();
    int after = call.number("part-number-marker", 0, Integer.MAX_VALUE);
    int most = call.number("max-parts", MOST, MOST);
    ListedParts parts =
        bucket.uploads().parts(address, after, most).orElseThrow(S3Error.NO_SUCH_UPLOAD::refused);
    ExpirationHeader.answer(call, bucket, parts.upload());
    XmlWriter xml = XmlWriter.document("ListPartsResult");
    xml.element("Bucket", bucket.name().text());
    xml.element("Key", address.key().text());
    xml.element("UploadId", address.id());
    Account owner = ObjectOwners.of(call, bucket.access(), parts.upload().attributes().access());
    Owners.write(xml, "Initiator", owner);
    Owners.write(xml, "Owner", owner);
    xml.element("StorageClass", parts.upload().attributes().storageClass());
    xml.element("PartNumberMarker", after);
    xml.element("NextPartNumberMarker", last(parts));
    xml.element("MaxParts", most);
    xml.element("IsTruncated", parts.more());
    parts
        .upload()
        .checksum()
        .ifPresent(plan -> ChecksumHeaders.kind(xml, plan.algorithm(), plan.composite()));
    boolean checksums = parts.upload().checksum().isPresent();
    parts.parts().forEach(part -> write(xml, part, checksums));
    call.send(xml.close("ListPartsResult"));
  }

  private static int last(ListedParts parts) {
    return parts.parts().isEmpty() ? 0 : parts.parts().getLast().number();
  }

  /// @param checksums whether the upload was begun with an algorithm for them
  private static void write(XmlWriter xml, UploadedPart part, boolean checksums) {
    xml.open("Part")
        .element("PartNumber", part.number())
        .element("LastModified", HttpDates.listed(part.modified()))
        .element("ETag", ObjectHeaders.quoted(part.etag()))
        .element("Size", part.size());
    part.checksum()
        .filter(checksum -> checksums)
        .ifPresent(checksum -> ChecksumHeaders.write(xml, checksum));
    xml.close("Part");
  }
}
