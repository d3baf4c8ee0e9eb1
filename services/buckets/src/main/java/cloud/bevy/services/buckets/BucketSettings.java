package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a bucket is set to, each a text that whoever set it can read. What is said to be set is
/// durable. Read from the disk once and then from memory, as only the bucket writes to its bee.
public final class BucketSettings {
  private final BucketCores cores;

  /// Replaced, never changed.
  private volatile @Nullable Map<Setting, String> known;

  /// The lifecycle that was read last, and the text it was read from.
  private volatile @Nullable ReadLifecycle lifecycle;

  /// The rules that were read last, and the text they were read from.
  private volatile @Nullable ReadNotifications notifications;

  BucketSettings(BucketCores cores) {
    this.cores = cores;
  }

  private record ReadLifecycle(String text, LifecycleConfiguration configuration) {}

  private record ReadNotifications(String text, NotificationConfiguration configuration) {}

  /// Who is told of what happens; nobody where nothing was set.
  public NotificationConfiguration notifications() {
    return notifications(find(Setting.NOTIFICATION));
  }

  /// Who is told of what happens, for whoever has the turn to change it.
  NotificationConfiguration notifications(BucketBatch batch) {
    return notifications(find(batch, Setting.NOTIFICATION));
  }

  private NotificationConfiguration notifications(Optional<String> text) {
    if (text.isEmpty()) {
      return NotificationConfiguration.NONE;
    }
    ReadNotifications last = notifications;
    if (last == null || !last.text().equals(text.get())) {
      last = new ReadNotifications(text.get(), NotificationRecord.read(text.get()));
      notifications = last;
    }
    return last.configuration();
  }

  /// Sets who is told of what happens.
  ///
  /// @return nothing is set where the bucket was deleted in the meantime
  public boolean put(NotificationConfiguration configuration) {
    return configuration.rules().isEmpty()
        ? delete(Setting.NOTIFICATION)
        : put(Setting.NOTIFICATION, NotificationRecord.write(configuration));
  }

  /// What is deleted when; no rules where nothing was set.
  public LifecycleConfiguration lifecycle() {
    return lifecycle(find(Setting.LIFECYCLE));
  }

  /// What is deleted when, for whoever has the turn to change it.
  LifecycleConfiguration lifecycle(BucketBatch batch) {
    return lifecycle(find(batch, Setting.LIFECYCLE));
  }

  private LifecycleConfiguration lifecycle(Optional<String> text) {
    if (text.isEmpty()) {
      return LifecycleConfiguration.NONE;
    }
    ReadLifecycle last = lifecycle;
    if (last == null || !last.text().equals(text.get())) {
      last = new ReadLifecycle(text.get(), LifecycleRecord.read(text.get()));
      lifecycle = last;
    }
    return last.configuration();
  }

  /// Sets what is deleted when.
  ///
  /// @return nothing is set where the bucket was deleted in the meantime
  public boolean put(LifecycleConfiguration configuration) {
    return put(Setting.LIFECYCLE, LifecycleRecord.write(configuration));
  }

  /// Where accesses to the bucket are logged, if they are.
  public Optional<AccessLogging> logging() {
    return find(Setting.LOGGING).map(AccessLogging::read);
  }

  /// Has accesses to the bucket logged.
  ///
  /// @return nothing is set where the bucket was deleted in the meantime
  public boolean put(AccessLogging logging) {
    return put(Setting.LOGGING, logging.write());
  }

  /// What the bucket is set to.
  public Optional<String> find(Setting setting) {
    return Optional.ofNullable(all().get(setting));
  }

  /// All that the bucket is set to: the same object until something is set.
  Map<Setting, String> all() {
    Map<Setting, String> all = known;
    return all == null ? read() : all;
  }

  /// What the bucket is set to, for whoever has the turn to change it.
  Optional<String> find(BucketBatch batch, Setting setting) {
    Map<Setting, String> all = known;
    if (all == null) {
      all = read(batch);
    }
    return Optional.ofNullable(all.get(setting));
  }

  /// Sets the bucket to something.
  ///
  /// @return nothing is set where the bucket was deleted in the meantime
  public boolean put(Setting setting, String text) {
    return change(setting, Optional.of(text), _ -> true);
  }

  /// Sets the bucket to something if what else it is set to allows that.
  ///
  /// @return whether it was set
  boolean put(Setting setting, String text, Predicate<Map<Setting, String>> condition) {
    return change(setting, Optional.of(text), condition);
  }

  /// Sets the bucket to nothing.
  ///
  /// @return whether the bucket is there
  public boolean delete(Setting setting) {
    return change(setting, Optional.empty(), _ -> true);
  }

  private boolean change(
      Setting setting, Optional<String> text, Predicate<Map<Setting, String>> condition) {
    byte[] key = setting.key().getBytes(StandardCharsets.UTF_8);
    boolean allowed;
    Ticket ticket;
    try (BucketBatch batch = cores.batch()) {
      allowed = !cores.use().gone() && condition.test(read(batch));
      if (allowed && text.isPresent()) {
        batch.settings().put(key, text.get().getBytes(StandardCharsets.UTF_8));
      } else if (allowed) {
        batch.settings().delete(key);
      }
      known = null; // what the turn has changed counts for the commit already
      ticket = batch.commit();
      known = null; // whoever takes the next turn sees it
    }
    try {
      cores.cloud().durable(ticket);
    } catch (RuntimeException failure) {
      known = null; // what did not become durable is not so
      throw failure;
    }
    if (allowed && setting == Setting.WEBSITE) {
      settleHost();
    }
    return allowed;
  }

  /// The turn is for this alone: others may have set the bucket to something else by now.
  private void settleHost() {
    try (BucketBatch batch = cores.batch()) {
      cores.host().settle(!cores.use().gone() && find(batch, Setting.WEBSITE).isPresent());
    }
  }

  private Map<Setting, String> read() {
    try (BucketBatch batch = cores.batch()) {
      return read(batch);
    }
  }

  private Map<Setting, String> read(BucketBatch batch) {
    Map<Setting, String> all = new EnumMap<>(Setting.class);
    batch.settings().range(Range.all()).forEachRemaining(entry -> add(all, entry));
    known = all;
    return all;
  }

  private static void add(Map<Setting, String> all, BeeEntry entry) {
    String key = new String(entry.key(), StandardCharsets.UTF_8);
    for (Setting setting : Setting.values()) {
      if (setting.key().equals(key)) {
        all.put(setting, new String(entry.value(), StandardCharsets.UTF_8));
      }
    }
  }
}
