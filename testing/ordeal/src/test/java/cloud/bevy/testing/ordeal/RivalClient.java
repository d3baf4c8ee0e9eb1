package cloud.bevy.testing.ordeal;

import cloud.bevy.testing.oracles.Deed;
import cloud.bevy.testing.oracles.Deed.Action.Read;
import cloud.bevy.testing.oracles.Deed.Action.Write;
import cloud.bevy.testing.oracles.Deed.Answer;
import cloud.bevy.testing.oracles.Deed.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// One of many clients that write the same few keys, mostly on conditions, and read and list them,
/// and record what they did and what they were told.
final class RivalClient {
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  /// A number that stands for nothing anybody wrote.
  private static final long NONE = -1;

  private final RivalField field;
  private final SplittableRandom random;
  private final List<Pending> unanswered = new ArrayList<>();
  private final Map<String, Long> last = new HashMap<>();

  RivalClient(RivalField field, long seed) {
    this.field = field;
    this.random = new SplittableRandom(seed);
  }

  /// A write that was sent and not answered.
  private record Pending(String key, Write write, long from) {}

  /// Does one thing after the other until it is not answered.
  void work(S3Client s3) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        act(s3, random.nextInt(4) == 0 ? any() : field.hottest());
      }
    } catch (SdkException unanswered) {
      // The plug was pulled: what was under way is pending.
    }
  }

  private String any() {
    return field.keys().get(random.nextInt(field.keys().size()));
  }

  /// Records that the process is dead, so that what it did not answer can have effect no more.
  void settle(long dead) {
    for (Pending each : unanswered) {
      add(each.key(), new Deed(each.write(), Answer.UNKNOWN, each.from(), dead));
    }
    unanswered.clear();
  }

  private void act(S3Client s3, String key) {
    int kind = random.nextInt(20);
    if (kind < 11) {
      read(s3, key);
      put(s3, key, last.containsKey(key) ? is(key) : new Condition.Absent());
    } else if (kind < 14) {
      put(s3, key, random.nextBoolean() ? is(key) : new Condition.Absent());
    } else if (kind < 15) {
      put(s3, key, new Condition.Always());
    } else if (kind < 17) {
      delete(s3, key, new Condition.AtMost(last.getOrDefault(key, NONE)));
    } else if (kind < 18) {
      delete(s3, key, new Condition.Always());
    } else {
      list(s3);
    }
  }

  /// If there is what this client saw last.
  private Condition is(String key) {
    return new Condition.Is(last.getOrDefault(key, NONE));
  }

  void read(S3Client s3, String key) {
    long from = System.nanoTime();
    @Nullable Long seen = null;
    try {
      ResponseBytes<GetObjectResponse> got =
          s3.getObjectAsBytes(r -> r.bucket(field.bucket()).key(key));
      seen = RivalField.number(got.asUtf8String());
    } catch (NoSuchKeyException absent) {
      last.remove(key);
    }
    add(key, new Deed(new Read(seen), Answer.DONE, from, System.nanoTime()));
    if (seen != null) {
      last.put(key, seen);
    }
  }

  /// A listing is a read of every key at once.
  void list(S3Client s3) {
    long from = System.nanoTime();
    List<S3Object> objects = s3.listObjectsV2(r -> r.bucket(field.bucket())).contents();
    long until = System.nanoTime();
    Map<String, Long> seen = new HashMap<>();
    for (S3Object object : objects) {
      seen.put(object.key(), field.numberOfTag(object.eTag()));
    }
    for (String key : field.keys()) {
      add(key, new Deed(new Read(seen.remove(key)), Answer.DONE, from, until));
    }
    if (!seen.isEmpty()) {
      throw new AssertionError("listed, but never written: " + seen);
    }
  }

  private void put(S3Client s3, String key, Condition condition) {
    long number = field.next();
    Answer answer =
        write(
            new Write(condition, number),
            key,
            () ->
                s3.putObject(
                    r -> {
                      r.bucket(field.bucket()).key(key);
                      switch (condition) {
                        case Condition.Absent absent -> r.ifNoneMatch("*");
                        case Condition.Is(long value) -> r.ifMatch(field.tag(value));
                        default -> {}
                      }
                    },
                    RequestBody.fromString(RivalField.content(number))));
    if (answer == Answer.DONE) {
      last.put(key, number);
    }
  }

  private void delete(S3Client s3, String key, Condition condition) {
    write(
        new Write(condition, null),
        key,
        () ->
            s3.deleteObject(r -> {
              r.bucket(field.bucket()).key(key);
              if (condition instanceof Condition.AtMost(long value)) {
                r.ifMatch(field.tag(value));
              }
            }));
  }

  private Answer write(Write write, String key, Runnable request) {
    Pending pending = new Pending(key, write, System.nanoTime());
    unanswered.add(pending);
    Answer answer = Answer.DONE;
    try {
      request.run();
    } catch (S3Exception refusal) {
      if (refusal.statusCode() != PRECONDITION_FAILED && refusal.statusCode() != NOT_FOUND) {
        throw refusal;
      }
      answer = Answer.REFUSED;
    }
    unanswered.remove(pending);
    add(key, new Deed(write, answer, pending.from(), System.nanoTime()));
    return answer;
  }

  private void add(String key, Deed deed) {
    field.history().add(key, deed);
  }
}
