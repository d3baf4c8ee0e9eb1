package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ListPage;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.buckets.ObjectAccess;
import cloud.bevy.services.buckets.PendingUpload;
import cloud.bevy.services.buckets.UploadAddress;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lists the multipart uploads of a bucket that have begun and not ended.
final class ListMultipartUploads implements S3Operation {
  private static final String ID_MARKER = "upload-id-marker";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{36}");

  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    ObjectListing listing = ObjectListing.of(call);
    String prefix = listing.parameter("prefix");
    String delimiter = listing.parameter("delimiter");
    int most = listing.most("max-uploads");
    ListPage<PendingUpload> page =
        bucket.uploads().list(new ListQuery(prefix, delimiter, position(listing), most));

    XmlWriter xml = XmlWriter.document("ListMultipartUploadsResult");
    xml.element("Bucket", bucket.name().text());
    listing.key(xml, "KeyMarker", listing.parameter("key-marker"));
    xml.element("UploadIdMarker", listing.parameter(ID_MARKER));
    next(xml, listing, page);
    listing.keyIfAny(xml, "Prefix", prefix);
    listing.keyIfAny(xml, "Delimiter", delimiter);
    listing.encodingType(xml);
    xml.element("MaxUploads", most);
    xml.element("IsTruncated", page.next().isPresent());
    for (PendingUpload upload : page.entries()) {
      ObjectAccess of = upload.attributes().access();
      write(xml, listing, upload, ObjectOwners.of(call, bucket.access(), of));
    }
    listing.groups(xml, page);
    call.send(xml.close("ListMultipartUploadsResult"));
  }

  /// What the page ends with stands there whether or not another one follows.
  private static void next(XmlWriter xml, ObjectListing listing, ListPage<PendingUpload> page) {
    if (page.next().isPresent()) {
      listing.next(xml, page, "NextUploadIdMarker");
      return;
    }
    Optional<UploadAddress> last =
        page.entries().isEmpty()
            ? Optional.empty()
            : Optional.of(page.entries().getLast().address());
    listing.key(xml, "NextKeyMarker", last.map(at -> at.key().text()).orElse(""));
    xml.element("NextUploadIdMarker", last.map(UploadAddress::id).orElse(""));
  }

  private static ListPosition position(ObjectListing listing) throws S3Exception {
    String key = listing.parameter("key-marker");
    String id = listing.parameter(ID_MARKER);
    if (key.isEmpty() || id.isEmpty()) {
      return ListObjects.position(key, listing.parameter("prefix"), listing.parameter("delimiter"));
    }
    if (!ID.matcher(id).matches()) {
      throw S3Error.INVALID_ARGUMENT.refused("Invalid uploadId marker").about(ID_MARKER, id);
    }
    return new ListPosition.AfterId(key, id);
  }

  private static void write(
      XmlWriter xml, ObjectListing listing, PendingUpload upload, Account owner) {
    xml.open("Upload");
    listing.key(xml, "Key", upload.address().key().text());
    xml.element("UploadId", upload.address().id());
    Owners.write(xml, "Initiator", owner);
    Owners.write(xml, "Owner", owner);
    xml.element("StorageClass", upload.attributes().storageClass());
    xml.element("Initiated", HttpDates.listed(upload.initiated()));
    upload
        .checksum()
        .ifPresent(plan -> ChecksumHeaders.kind(xml, plan.algorithm(), plan.composite()));
    xml.close("Upload");
  }
}
