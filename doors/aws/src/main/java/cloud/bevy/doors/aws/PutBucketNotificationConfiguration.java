package cloud.bevy.doors.aws;

import cloud.bevy.foundation.base.World;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.EventTarget;
import cloud.bevy.services.buckets.NotificationConfiguration;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/// Says which functions are told of what happens in a bucket.
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
            arn -> function(call, bucket, arn));
    NotificationConfiguration configuration = new NotificationConfiguration(reader.rules(document));
    BucketDocument.kept(bucket.settings().put(configuration));
    call.sendEmpty(200);
  }

  private String function(S3Call call, Bucket bucket, String arn) throws S3Exception {
    Optional<FunctionArn> named = FunctionArn.read(arn);
    if (named.isEmpty()) {
      throw NotificationReader.nobody();
    }
    if (!named.get().region().equals(Regions.name(bucket.summary()))) {
      throw S3Error.INVALID_ARGUMENT.refused(
          "The notification destination service region is not valid for the bucket location"
              + " constraint");
    }
    String name = named.get().name();
    boolean unchecked = call.header(UNCHECKED).orElse("").equalsIgnoreCase("true");
    if (!unchecked && !target.exists(call.cloud(), name)) {
      throw NotificationReader.nobody();
    }
    return name;
  }
}
