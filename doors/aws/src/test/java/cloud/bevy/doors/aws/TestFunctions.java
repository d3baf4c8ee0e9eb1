package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.BucketEvent;
import cloud.bevy.services.buckets.BucketSummary;
import cloud.bevy.services.buckets.EventTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One function, that remembers what it was told.
final class TestFunctions implements EventTarget {
  static final String NAME = "thumbs";
  static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:" + NAME;

  private static final long DEADLINE_SECONDS = 20;

  private final BlockingQueue<String> documents = new LinkedBlockingQueue<>();

  @Override
  public boolean exists(Cloud cloud, String function) {
    return function.equals(NAME);
  }

  @Override
  public Answer tell(Cloud cloud, BucketSummary bucket, BucketEvent event) {
    documents.add(new String(EventDocument.write(cloud, bucket, event), StandardCharsets.UTF_8));
    return Answer.TAKEN;
  }

  /// The next documents, once they are there.
  List<String> next(int count) throws InterruptedException {
    List<String> next = new ArrayList<>();
    while (next.size() < count) {
      String document = documents.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (document == null) {
        throw new AssertionError("only " + next.size() + " events came: " + next);
      }
      next.add(document);
    }
    return next;
  }
}
