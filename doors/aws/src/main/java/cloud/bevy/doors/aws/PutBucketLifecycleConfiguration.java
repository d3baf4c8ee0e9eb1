package cloud.bevy.doors.aws;

import cloud.bevy.foundation.base.World;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.LifecycleConfiguration;
import cloud.bevy.services.buckets.LifecycleRule;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/// Says what a bucket does with its objects as they grow old.
final class PutBucketLifecycleConfiguration implements S3Operation {
  /// Which objects rules that say nothing of sizes move to other storage classes.
  static final String SMALLEST = "x-amz-transition-default-minimum-object-size";

  static final String ONLY_LARGE_ONES = "all_storage_classes_128K";
  static final String SMALL_ONES_TOO = "varies_by_storage_class";
  private static final int ID_BYTES = 16;

  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    String smallest = call.header(SMALLEST).orElse(ONLY_LARGE_ONES);
    boolean smallOnesToo =
        switch (smallest) {
          case ONLY_LARGE_ONES -> false;
          case SMALL_ONES_TOO -> true;
          default ->
              throw S3Error.INVALID_REQUEST.refused(
                  "Invalid TransitionDefaultMinimumObjectSize found: " + smallest);
        };
    XmlElement document = BucketDocument.read(call, "LifecycleConfiguration");
    World world = call.cloud().world();
    LifecycleReader reader =
        new LifecycleReader(() -> HexFormat.of().formatHex(world.chance().bytes(ID_BYTES)));
    List<LifecycleRule> rules = reader.rules(document);
    LifecycleCheck.check(rules);
    BucketDocument.kept(bucket.settings().put(new LifecycleConfiguration(rules, smallOnesToo)));
    call.answerHeader(SMALLEST, smallOnesToo ? SMALL_ONES_TOO : ONLY_LARGE_ONES);
    call.sendEmpty(200);
  }
}
