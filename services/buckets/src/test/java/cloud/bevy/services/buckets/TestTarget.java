package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Cloud;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Functions that do as a test says, and what they were told. It outlives the machine.
class TestTarget implements EventTarget {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Told> told = new ArrayList<>();

  /// @param event that a function was told of
  /// @param answer what it answered
  record Told(Instant at, BucketEvent event, Answer answer) {
    String key() {
      return event.subject().key().text();
    }
  }

  /// Functions that take nothing.
  static TestTarget refusing() {
    return new TestTarget() {
      @Override
      Answer answer(Cloud cloud, BucketEvent event) {
        return Answer.REFUSED;
      }
    };
  }

  /// What a function answers.
  Answer answer(Cloud cloud, BucketEvent event) {
    return Answer.TAKEN;
  }

  @Override
  public final boolean exists(Cloud cloud, String function) {
    return true;
  }

  @Override
  public final Answer tell(Cloud cloud, BucketSummary bucket, BucketEvent event) {
    Answer answer = answer(cloud, event);
    lock.lock();
    try {
      told.add(new Told(cloud.world().time().now(), event, answer));
    } finally {
      lock.unlock();
    }
    return answer;
  }

  List<Told> told() {
    lock.lock();
    try {
      return List.copyOf(told);
    } finally {
      lock.unlock();
    }
  }

  /// What was taken, as `TYPE key`.
  List<String> taken() {
    return told().stream()
        .filter(each -> each.answer() == Answer.TAKEN)
        .map(each -> each.event().type() + " " + each.key())
        .toList();
  }

  /// A rule for a function.
  static NotificationRule rule(String function, String prefix, String... events) {
    return new NotificationRule(
        function + prefix,
        "arn:aws:lambda:us-east-1:1:function:" + function,
        function,
        List.of(events),
        Optional.of(prefix),
        Optional.empty());
  }

  static NotificationConfiguration rules(NotificationRule... rules) {
    return new NotificationConfiguration(List.of(rules));
  }
}
