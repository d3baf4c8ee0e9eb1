package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.ListPage;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;

/// Lists a bucket's objects as the first version of S3's API did.
final class ListObjects implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectListing listing = ObjectListing.of(call);
    String prefix = listing.parameter("prefix");
    String delimiter = listing.parameter("delimiter");
    String marker = listing.parameter("marker");
    int most = listing.most("max-keys");
    ListPage<StoredObject> page =
        call.view()
            .list(new ListQuery(prefix, delimiter, position(marker, prefix, delimiter), most));

    XmlWriter xml = XmlWriter.document("ListBucketResult");
    xml.element("Name", call.bucketText());
    listing.key(xml, "Prefix", prefix);
    listing.key(xml, "Marker", marker);
    page.next()
        .filter(next -> !delimiter.isEmpty())
        .ifPresent(next -> listing.key(xml, "NextMarker", marker(next)));
    xml.element("MaxKeys", most);
    listing.keyIfAny(xml, "Delimiter", delimiter);
    listing.encodingType(xml);
    xml.element("IsTruncated", page.next().isPresent());
    listing.page(xml, page, true);
    call.send(xml.close("ListBucketResult"));
  }

  /// A marker that is a common prefix comes from a page that ended with it, and one below a common
  /// prefix is behind it.
  static ListPosition position(String marker, String prefix, String delimiter) {
    if (marker.isEmpty()) {
      return ListPosition.START;
    }
    int end =
        delimiter.isEmpty() || !marker.startsWith(prefix)
            ? -1
            : marker.indexOf(delimiter, prefix.length());
    return end < 0
        ? new ListPosition.AfterKey(marker)
        : new ListPosition.AfterPrefix(marker.substring(0, end + delimiter.length()));
  }

  /// The marker of the next page.
  static String marker(ListPosition next) {
    return switch (next) {
      case ListPosition.Start() -> "";
      case ListPosition.AfterKey(String key) -> key;
      case ListPosition.AfterId(String key, String id) -> key;
      case ListPosition.AfterPrefix(String group) -> group;
    };
  }
}
