package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.ListPage;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;
import java.util.Optional;

/// Lists a bucket's objects in the order of their keys' bytes.
final class ListObjectsV2 implements S3Operation {
  private static final String TOKEN = "continuation-token";

  @Override
  public void answer(S3Call call) throws IOException {
    ObjectListing listing = ObjectListing.of(call);
    if (!listing.parameter("list-type").equals("2")) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Invalid List Type specified in Request")
          .about("list-type", listing.parameter("list-type"));
    }
    String prefix = listing.parameter("prefix");
    String delimiter = listing.parameter("delimiter");
    int most = listing.most("max-keys");
    ListPage<StoredObject> page =
        call.view().list(new ListQuery(prefix, delimiter, position(call, listing), most));

    XmlWriter xml = XmlWriter.document("ListBucketResult");
    xml.element("Name", call.bucketText());
    listing.key(xml, "Prefix", prefix);
    listing.keyIfAny(xml, "Delimiter", delimiter);
    Optional<String> token = call.query().first(TOKEN);
    listing.keyIfAny(xml, "StartAfter", listing.parameter("start-after"));
    listing.encodingType(xml);
    token.ifPresent(text -> xml.element("ContinuationToken", text));
    xml.element("KeyCount", page.entries().size() + page.groups().size());
    xml.element("MaxKeys", most);
    xml.element("IsTruncated", page.next().isPresent());
    page.next()
        .ifPresent(next -> xml.element("NextContinuationToken", ContinuationToken.text(next)));
    listing.page(xml, page, listing.parameter("fetch-owner").equals("true"));
    call.send(xml.close("ListBucketResult"));
  }

  private static ListPosition position(S3Call call, ObjectListing listing) throws S3Exception {
    Optional<String> token = call.query().first(TOKEN);
    String startAfter = listing.parameter("start-after");
    if (token.isPresent() || startAfter.isEmpty()) {
      return ContinuationToken.position(call, TOKEN);
    }
    return new ListPosition.AfterKey(startAfter);
  }
}
