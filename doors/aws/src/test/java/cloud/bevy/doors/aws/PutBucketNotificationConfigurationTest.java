package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;

class PutBucketNotificationConfigurationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aConfigurationMayBeEmpty() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putBucketNotificationConfiguration(
            r -> r.bucket(bucket).notificationConfiguration(c -> {}));
    assertThat(
            SERVER
                .client()
                .getBucketNotificationConfiguration(r -> r.bucket(bucket))
                .topicConfigurations())
        .isEmpty();
  }

  @Test
  void aDestinationThatIsNotThereIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.INVALID_ARGUMENT,
        () ->
            SERVER
                .client()
                .putBucketNotificationConfiguration(r ->
                    r.bucket(bucket)
                        .notificationConfiguration(c ->
                            c.queueConfigurations(
                                QueueConfiguration.builder()
                                    .queueArn("arn:aws:sqs:us-east-1:1:nothing")
                                    .events(Event.S3_OBJECT_CREATED)
                                    .build()))));
  }

  @Test
  void thatEventBridgeIsToldIsNotImplemented() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NOT_IMPLEMENTED,
        () ->
            SERVER
                .client()
                .putBucketNotificationConfiguration(r ->
                    r.bucket(bucket)
                        .notificationConfiguration(c -> c.eventBridgeConfiguration(e -> {}))));
  }
}
