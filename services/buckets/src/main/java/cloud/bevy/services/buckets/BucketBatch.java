package cloud.bevy.services.buckets;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.drive.DriveBatch;
import cloud.bevy.hyper.store.Ticket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The turn to change a bucket: objects, uploads and parts together. Its last block says when it
/// was made: an object that is new, or else a [StepRecord].
final class BucketBatch implements AutoCloseable {
  private static final long NEVER = -1;

  private final DriveBatch drive;
  private final Consumer<BucketBatch> before;
  private final Instant now;
  private final long first;
  private final BeeEditor uploads;
  private final BeeEditor parts;
  private final BeeEditor versions;
  private final BeeEditor nulls;
  private final BeeEditor settings;
  private final BeeEditor steps;
  private final BeeEditor events;
  private List<StepRecord.Retired> retired = List.of();
  private Optional<StepRecord.State> state = Optional.empty();
  private long dated = NEVER;
  private boolean eventful;

  /// @param before run when the changes are made, before they are committed
  BucketBatch(World world, DriveBatch drive, Consumer<BucketBatch> before) {
    this.drive = drive;
    this.before = before;
    this.now = world.time().now().truncatedTo(ChronoUnit.MILLIS);
    this.first = drive.version();
    this.uploads = drive.sub(BucketCores.UPLOADS);
    this.parts = drive.sub(BucketCores.PARTS);
    this.versions = drive.sub(BucketCores.VERSIONS);
    this.nulls = drive.sub(BucketCores.NULLS);
    this.settings = drive.sub(BucketCores.SETTINGS);
    this.steps = drive.sub(BucketCores.STEPS);
    this.events = drive.sub(BucketCores.EVENTS);
  }

  DriveBatch objects() {
    return drive;
  }

  BeeEditor uploads() {
    return uploads;
  }

  BeeEditor parts() {
    return parts;
  }

  /// The versions of keys beside those in the drive.
  BeeEditor versions() {
    return versions;
  }

  /// Which of them has no id of its own, by the objects' keys.
  BeeEditor nulls() {
    return nulls;
  }

  BeeEditor settings() {
    return settings;
  }

  /// What batches have said of themselves.
  BeeEditor steps() {
    return steps;
  }

  /// What functions are still to be told of.
  BeeEditor events() {
    return events;
  }

  /// Has functions be told of something, in the same batch as it happens.
  void add(EventRecord event) {
    events.put(event.key(), event.write());
    eventful = true;
  }

  /// Whether there is something new that functions are to be told of.
  boolean eventful() {
    return eventful;
  }

  /// When the batch is made: nobody else changes the bucket meanwhile.
  Instant now() {
    return now;
  }

  /// Says that an object was put that says itself when.
  ///
  /// @param sequence its entry's
  void dated(long sequence) {
    dated = sequence;
  }

  /// Has the batch say which bytes it has retired.
  ///
  /// @param blobs those that are kept
  void retire(List<StepRecord.Retired> blobs, StepRecord.State after) {
    retired = List.copyOf(blobs);
    state = Optional.of(after);
  }

  /// Whether it has retired bytes that are still kept, or knows of others that are.
  boolean keeps() {
    return state.filter(after -> after.kept() > 0).isPresent();
  }

  Ticket commit() {
    before.accept(this);
    long next = drive.version();
    boolean silent = next == first || (next == first + 1 && dated == first);
    if (!silent || state.isPresent()) {
      StepRecord.State after = state.orElseGet(() -> Retirement.last(steps));
      steps.put(StepRecord.key(first), new StepRecord(now, retired, after).write());
    }
    return drive.commit();
  }

  @Override
  public void close() {
    drive.close();
  }
}
