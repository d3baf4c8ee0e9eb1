package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.DeleteMarker;
import cloud.bevy.services.buckets.KeyVersion;
import cloud.bevy.services.buckets.ListPage;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.buckets.ListedVersion;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;
import java.util.Optional;

/// Lists all versions of a bucket's objects, and the marks of deletions.
final class ListObjectVersions implements S3Operation {
  private static final String KEY_MARKER = "key-marker";
  private static final String ID_MARKER = "version-id-marker";

  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    ObjectListing listing = ObjectListing.of(call);
    String prefix = listing.parameter("prefix");
    String delimiter = listing.parameter("delimiter");
    int most = listing.most("max-keys");
    ListPage<ListedVersion> page =
        call.view().listVersions(new ListQuery(prefix, delimiter, position(call, listing), most));

    XmlWriter xml = XmlWriter.document("ListVersionsResult");
    xml.element("Name", call.bucketText());
    listing.key(xml, "Prefix", prefix);
    listing.key(xml, "KeyMarker", listing.parameter(KEY_MARKER));
    xml.element("VersionIdMarker", listing.parameter(ID_MARKER));
    listing.next(xml, page, "NextVersionIdMarker");
    xml.element("MaxKeys", most);
    listing.keyIfAny(xml, "Delimiter", delimiter);
    listing.encodingType(xml);
    xml.element("IsTruncated", page.next().isPresent());
    for (ListedVersion version : page.entries()) {
      write(xml, listing, version, owner(call, bucket, version.version()));
    }
    listing.groups(xml, page);
    call.send(xml.close("ListVersionsResult"));
  }

  private static ListPosition position(S3Call call, ObjectListing listing) throws S3Exception {
    String key = listing.parameter(KEY_MARKER);
    Optional<String> id = call.query().first(ID_MARKER).filter(text -> !text.isEmpty());
    if (id.isEmpty()) {
      return ListObjects.position(key, listing.parameter("prefix"), listing.parameter("delimiter"));
    }
    if (key.isEmpty()) {
      throw S3Error.INVALID_ARGUMENT
          .refused("A version-id marker cannot be specified without a key marker.")
          .about(ID_MARKER, id.get());
    }
    return new ListPosition.AfterId(key, VersionIds.checked(id).orElseThrow());
  }

  private static void write(
      XmlWriter xml, ObjectListing listing, ListedVersion listed, Account owner) {
    String element = listed.version() instanceof DeleteMarker ? "DeleteMarker" : "Version";
    xml.open(element);
    listing.key(xml, "Key", listed.version().key().text());
    xml.element("VersionId", listed.version().version().id());
    xml.element("IsLatest", listed.latest());
    switch (listed.version()) {
      case DeleteMarker marker -> xml.element("LastModified", HttpDates.listed(marker.modified()));
      case StoredObject object -> listing.object(xml, object);
    }
    Owners.write(xml, "Owner", owner);
    xml.close(element);
  }

  private static Account owner(S3Call call, Bucket bucket, KeyVersion version) {
    return switch (version) {
      case DeleteMarker _ -> bucket.access().owner();
      case StoredObject object ->
          ObjectOwners.of(call, bucket.access(), object.attributes().access());
    };
  }
}
