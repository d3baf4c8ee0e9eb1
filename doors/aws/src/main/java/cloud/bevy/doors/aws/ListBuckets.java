package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Access;
import cloud.bevy.services.buckets.BucketSummary;
import cloud.bevy.services.buckets.ListPage;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import java.io.IOException;

/// Lists the buckets of the one who asks, in pages where the caller asks for them.
final class ListBuckets implements S3Operation {
  private static final int MOST = 10_000;

  @Override
  public void answer(S3Call call) throws IOException {
    String prefix = call.query().first("prefix").orElse("");
    ListPosition position = ContinuationToken.position(call, "continuation-token");
    int most = call.number("max-buckets", MOST, MOST);
    Account account = call.caller().account().orElseThrow(S3Error.ACCESS_DENIED::refused);
    ListPage<BucketSummary> page =
        call.buckets()
            .list(
                new ListQuery(prefix, "", position, most),
                bucket ->
                    bucket.owner().equals(account.user())
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

  private static void write(XmlWriter xml, BucketSummary bucket) {
    xml.open("Bucket")
        .element("Name", bucket.name().text())
        .element("CreationDate", HttpDates.xml(bucket.created()))
        .element("BucketRegion", Regions.name(bucket))
        .close("Bucket");
  }
}
