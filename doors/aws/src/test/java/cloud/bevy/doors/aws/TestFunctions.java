package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.BucketEvent;
import cloud.bevy.services.buckets.BucketSummary;
import cloud.bevy.services.buckets.EventTarget;
import cloud.bevy.services.buckets.NotificationRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;

/// One function, that remembers what it was told.
final class TestFunctions implements EventTarget {
  static final String NAME = "thumbs";
  static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:" + NAME;

  private static final long DEADLINE_SECONDS = 20;

  /// What was said to topics.
  final List<String> announced = new CopyOnWriteArrayList<>();

  private final BlockingQueue<String> documents = new LinkedBlockingQueue<>();

  @Override
  public boolean exists(Cloud cloud, String function) {
    return function.equals(NAME) || NotificationRule.topic(function).isPresent();
  }

  @Override
  public boolean announce(Cloud cloud, String topic, byte[] document) {
    announced.add(topic + " " + new String(document, StandardCharsets.UTF_8));
    return !topic.contains("full");
  }

  @Override
  public Answer tell(Cloud cloud, BucketSummary bucket, BucketEvent event) {
    documents.add(new String(EventDocument.write(cloud, bucket, event), StandardCharsets.UTF_8));
    return Answer.TAKEN;
  }

  /// Has the function be told of what happens in a bucket.
  ///
  /// @return the bucket
  static String told(S3Client client, String bucket, Event... events) {
    return told(client, bucket, Stream.of(events).map(Event::toString).toList());
  }

  /// The same with events whose names the SDK does not know yet.
  static String told(S3Client client, String bucket, List<String> events) {
    LambdaFunctionConfiguration rule =
        LambdaFunctionConfiguration.builder()
            .id("rule")
            .lambdaFunctionArn(ARN)
            .eventsWithStrings(events)
            .build();
    client.putBucketNotificationConfiguration(
        r -> r.bucket(bucket).notificationConfiguration(c -> c.lambdaFunctionConfigurations(rule)));
    return bucket;
  }

  /// What a document is about.
  static String name(String document) {
    return document.replaceAll(".*\"eventName\":\"([^\"]+)\".*", "$1");
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
