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
    Optional<String> region = call.query().first("bucket-region");
    Account account = call.caller().account().orElseThrow(S3Error.ACCESS_DENIED::refused);
    ListPage<BucketSummary> page =
        call.buckets()
            .list(
                new ListQuery(prefix, "", position, most),
                bucket ->
                    bucket.owner().equals(account.user())
                        && region.filter(name -> !name.equals(Regions.name(bucket))).isEmpty()
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

  private static int most(S3Call call) throws S3Exception {
    String text = call.query().first(MAX_BUCKETS).orElse("");
    if (text.isEmpty()) {
      return MOST;
    }
    int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MOST) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Argument max-buckets must be an integer between 1 and 10000.")
          .about(MAX_BUCKETS, text);
    }
    return number;
  }

  private static void write(XmlWriter xml, BucketSummary bucket) {
    xml.open("Bucket")
        .element("Name", bucket.name().text())
        .element("CreationDate", HttpDates.listed(bucket.created()))
        .element("BucketRegion", Regions.name(bucket))
        .close("Bucket");
  }
}
