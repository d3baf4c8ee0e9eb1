package cloud.bevy.testing.ordeal;

import cloud.bevy.testing.oracles.Deed.Condition;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A rival whose keys are objects of a bucket.
final class ObjectRival extends Rival {
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final String bucket;
  private @Nullable S3Client s3;

  ObjectRival(RivalField field, String bucket, long seed) {
    super(field, seed);
    this.bucket = bucket;
  }

  void use(S3Client client) {
    s3 = client;
  }

  @Override
  @Nullable Long look(String key) {
    try {
      return RivalField.number(
          s3().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String());
    } catch (NoSuchKeyException absent) {
      return null;
    }
  }

  @Override
  Map<String, Long> lookAtAll() {
    Map<String, Long> seen = new HashMap<>();
    for (S3Object object : s3().listObjectsV2(r -> r.bucket(bucket)).contents()) {
      seen.put(object.key(), field().numberOfTag(object.eTag()));
    }
    return seen;
  }

  @Override
  boolean put(String key, Condition condition, long number) {
    return done(() ->
        s3().putObject(
                r -> {
                  r.bucket(bucket).key(key);
                  switch (condition) {
                    case Condition.Absent absent -> r.ifNoneMatch("*");
                    case Condition.Is(long value) -> r.ifMatch(field().tag(value));
                    default -> {}
                  }
                },
                RequestBody.fromString(RivalField.content(number))));
  }

  @Override
  boolean delete(String key, Condition condition) {
    return done(() ->
        s3().deleteObject(r -> {
          r.bucket(bucket).key(key);
          if (condition instanceof Condition.AtMost(long value)) {
            r.ifMatch(field().tag(value));
          }
        }));
  }

  @Override
  Condition whereStill(long number) {
    return new Condition.AtMost(number);
  }

  private static boolean done(Runnable request) {
    try {
      request.run();
      return true;
    } catch (S3Exception refusal) {
      if (refusal.statusCode() != PRECONDITION_FAILED && refusal.statusCode() != NOT_FOUND) {
        throw refusal;
      }
      return false;
    }
  }

  private S3Client s3() {
    return Objects.requireNonNull(s3);
  }
}
