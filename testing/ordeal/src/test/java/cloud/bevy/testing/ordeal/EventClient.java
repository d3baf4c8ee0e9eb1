package cloud.bevy.testing.ordeal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Puts one object after the other, each under a key of its own, and deletes every third again,
/// until it gets no answer.
final class EventClient {
  private static final int DELETES_EVERY = 3;

  private final String bucket;
  private final String name;
  private final List<String> put = new ArrayList<>();
  private final List<String> deleted = new ArrayList<>();
  private final AtomicInteger done = new AtomicInteger();
  private int number;

  EventClient(String bucket, String name) {
    this.bucket = bucket;
    this.name = name;
  }

  /// Works until a request is not answered.
  void work(S3Client s3) {
    try {
      while (true) {
        step(s3);
      }
    } catch (SdkException unanswered) {
      // The plug was pulled: what was under way may have been done or not.
    }
  }

  private void step(S3Client s3) {
    number++;
    String key = name + "/" + number;
    s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(key));
    put.add(key);
    done.incrementAndGet();
    if (number % DELETES_EVERY == 0) {
      s3.deleteObject(r -> r.bucket(bucket).key(key));
      deleted.add(key);
      done.incrementAndGet();
    }
  }

  /// How many requests were answered. From any task.
  int done() {
    return done.get();
  }

  /// The keys whose puts were answered; to be asked between two rounds.
  List<String> put() {
    return List.copyOf(put);
  }

  /// The keys whose deletions were answered; to be asked between two rounds.
  List<String> deleted() {
    return List.copyOf(deleted);
  }
}
