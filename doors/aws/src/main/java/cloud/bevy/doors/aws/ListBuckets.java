package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Access;
import cloud.bevy.services.buckets.BucketSummary;
import cloud.bevy.services.buckets.ListPage;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import java.io.IOException;
import java.util.Optional;

/// Lists the buckets of the one who asks, in pages where the caller asks for them.
final class ListBuckets implements S3Operation {
  private static final int MOST = 10_000;
  private static final String MAX_BUCKETS = "max-buckets";

  @Override
  public void answer(S3Call call) throws IOException {
    String prefix = call.query().first("prefix").orElse("");
    ListPosition position = ContinuationToken.position(call, "continuation-token");
    int most = most(call);
    Optional<String> region = region(call);
    Account account = call.caller().account().orElseThrow(S3Error.ACCESS_DENIED::refused);
    ListPage<BucketSummary> page =
        call.buckets()
            .list(
                new ListQuery(prefix, "", position, most),
                bucket ->
                    bucket.owner().equals(account.user())
                        && region.map(Regions.name(bucket)::equals).orElse(true)
                        && Access.reaches(call.caller().limits(), bucket.name()));
    XmlWriter xml = XmlWriter.document("ListAllMyBucketsResult");
    Owners.write(xml, "Owner", account);
    xml.open("Buckets");
    for (BucketSummary bucket : page.entries()) {
      write(xml, bucket);
    }
    xml.close("Buckets");
    page.next().ifPresent(next -> xml.element("ContinuationToken", ContinuationToken.text(next)));
    if (!prefix.isEmpty()) {
      xml.element("Prefix", prefix);
    }
    call.send(xml.close("ListAllMyBucketsResult"));
  }

  /// How many a page has at most: S3 takes neither none nor more than it would send anyway.
  private static int most(S3Call call) throws S3Exception {
    String text = call.query().first(MAX_BUCKETS).orElse("");
    if (text.isEmpty()) {
      return MOST;
    }
    int most = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (most < 1 || most > MOST) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Argument max-buckets must be an integer between 1 and 10000.")
          .about(MAX_BUCKETS, text);
    }
    return most;
  }

  /// The region whose buckets are asked for; nothing where those of all regions are.
  private static Optional<String> region(S3Call call) {
    return call.query().first("bucket-region").filter(text -> !text.isEmpty());
  }

  private static void write(XmlWriter xml, BucketSummary bucket) {
    xml.open("Bucket")
        .element("Name", bucket.name().text())
        .element("CreationDate", HttpDates.listed(bucket.created()))
        .element("BucketRegion", Regions.name(bucket))
        .close("Bucket");
  }
}
