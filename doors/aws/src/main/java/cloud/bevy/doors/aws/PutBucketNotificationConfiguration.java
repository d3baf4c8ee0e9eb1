package cloud.bevy.doors.aws;

import cloud.bevy.foundation.base.World;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.EventTarget;
import cloud.bevy.services.buckets.NotificationConfiguration;
import cloud.bevy.services.buckets.NotificationRule;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/// Says which functions and topics are told of what happens in a bucket.
final class PutBucketNotificationConfiguration implements S3Operation {
  /// Whether functions may be named that are not there yet.
  private static final String UNCHECKED = "x-amz-skip-destination-validation";

  private static final int ID_BYTES = 16;

  private final EventTarget target;

  /// @param target the functions that there are
  PutBucketNotificationConfiguration(EventTarget target) {
    this.target = target;
  }

  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    XmlElement document = BucketDocument.read(call, "NotificationConfiguration");
    World world = call.cloud().world();
    NotificationReader reader =
        new NotificationReader(
            () -> HexFormat.of().formatHex(world.chance().bytes(ID_BYTES)),
            new Named(call, bucket));
    NotificationConfiguration configuration = new NotificationConfiguration(reader.rules(document));
    if (!unchecked(call)) {
      announce(call, configuration);
    }
    BucketDocument.kept(bucket.settings().put(configuration));
    call.sendEmpty(200);
  }

  private static boolean unchecked(S3Call call) {
    return call.header(UNCHECKED).orElse("").equalsIgnoreCase("true");
  }

  /// Says to each topic, as S3 does, that it will be told of the bucket.
  private void announce(S3Call call, NotificationConfiguration configuration) throws S3Exception {
    byte[] document =
        TestEventDocument.write(
            call.cloud().world().time().now(),
            call.bucket().name().text(),
            call.exchange().requestId());
    List<String> topics =
        configuration.rules().stream()
            .filter(rule -> rule.topic().isPresent())
            .map(NotificationRule::function)
            .distinct()
            .toList();
    for (String topic : topics) {
      if (!target.announce(call.cloud(), topic, document)) {
        throw NotificationReader.nobody();
      }
    }
  }

  /// The functions and topics of the call's cloud.
  private final class Named implements NotificationReader.Destinations {
    private final S3Call call;
    private final Bucket bucket;

    Named(S3Call call, Bucket bucket) {
      this.call = call;
      this.bucket = bucket;
    }

    @Override
    public String function(String arn) throws S3Exception {
      FunctionArn named = FunctionArn.read(arn).orElseThrow(NotificationReader::nobody);
      checkRegion(named.region());
      if (!unchecked(call) && !target.exists(call.cloud(), named.name())) {
        throw NotificationReader.nobody();
      }
      return named.name();
    }

    @Override
    public String topic(String arn) throws S3Exception {
      TopicArn named = TopicArn.read(arn).orElseThrow(NotificationReader::nobody);
      checkRegion(named.region());
      String listener = NotificationRule.TOPIC + named.topic();
      if (!target.exists(call.cloud(), listener)) {
        throw NotificationReader.nobody();
      }
      return listener;
    }

    private void checkRegion(String region) throws S3Exception {
      if (!region.equals(Regions.name(bucket.summary()))) {
        throw S3Error.INVALID_ARGUMENT.refused(
            "The notification destination service region is not valid for the bucket location"
                + " constraint");
      }
    }
  }
}
