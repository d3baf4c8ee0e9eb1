package cloud.bevy.services.search;

import cloud.bevy.services.tables.StoredItem;
import cloud.bevy.services.tables.TableLog;
import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.jspecify.annotations.Nullable;

/// Brings the files of an index from the version they have reached to the present one. A new index
/// is filled from the items of one version; after that, each step of the log is made in it too.
final class IndexFollower {
  /// So many documents are entered before they are made durable: what a crash takes away is entered
  /// again.
  private static final int COMMIT_EVERY = 50_000;

  /// So many between two looks at whether to stop.
  private static final int LOOK_EVERY = 256;

  private final TableLog log;
  private final IndexFiles files;
  private final DocumentMaker maker;
  private IndexFiles.Progress progress;
  private @Nullable DirectoryReader reader;
  private int entered;

  /// What was begun and is not over; null for nothing.
  private @Nullable Replay replay;

  IndexFollower(TableIndex.Source source, IndexFiles files) throws IOException {
    log = source.table().log();
    this.files = files;
    maker = new DocumentMaker(source.definition());
    IndexFiles.Progress committed = files.progress();
    boolean usable =
        committed != null && committed.fork() == log.fork() && committed.version() <= log.version();
    progress = usable ? Objects.requireNonNull(committed) : anew();
  }

  private IndexFiles.Progress anew() throws IOException {
    files.writer().deleteAll();
    return new IndexFiles.Progress(log.fork(), log.version(), new byte[0]);
  }

  /// Shows what is on the disk, if it is all of a version.
  void published(Consumer<Snapshot> publish) throws IOException {
    if (progress.complete()) {
      publish.accept(snapshot());
    }
  }

  /// Steps of the log that are being made up to a version. Until all are, the index is of none.
  private record Replay(long target, Iterator<TableLog.Step> steps) {}

  /// Goes on to the version that is durable now.
  ///
  /// @param enough whether to stop before that; the next call goes on from there
  /// @return whether that was reached
  boolean follow(BooleanSupplier enough, Consumer<Snapshot> publish) throws IOException {
    if (progress.fork() != log.fork() || progress.version() > log.version()) {
      replay = null;
      progress = anew();
    }
    if (!progress.complete() && !filled(enough)) {
      return false;
    }
    Replay under = replay;
    if (under == null && progress.version() < log.version()) {
      long target = log.version();
      under = new Replay(target, log.steps(progress.version(), target));
    }
    replay = under;
    if (under != null && !replayed(under, enough)) {
      return false;
    }
    if (entered >= COMMIT_EVERY) {
      commit();
    }
    publish.accept(snapshot());
    return true;
  }

  /// How many documents have been entered, published or not.
  long documents() {
    return files.writer().getDocStats().numDocs;
  }

  private boolean filled(BooleanSupplier enough) throws IOException {
    IndexWriter writer = files.writer();
    Iterator<TableLog.Step> items = log.items(progress.version(), progress.after());
    for (int count = 1; items.hasNext(); count++) {
      TableLog.Step step = items.next();
      StoredItem item = Objects.requireNonNull(step.item());
      writer.addDocument(maker.document(step.key(), item.item()));
      entered++;
      progress = new IndexFiles.Progress(progress.fork(), progress.version(), step.key());
      if (entered >= COMMIT_EVERY) {
        commit();
      }
      if (count % LOOK_EVERY == 0 && enough.getAsBoolean()) {
        return false;
      }
    }
    progress = new IndexFiles.Progress(progress.fork(), progress.version(), null);
    commit();
    return true;
  }

  private boolean replayed(Replay under, BooleanSupplier enough) throws IOException {
    IndexWriter writer = files.writer();
    Iterator<TableLog.Step> steps = under.steps();
    for (int count = 1; steps.hasNext(); count++) {
      TableLog.Step step = steps.next();
      StoredItem item = step.item();
      if (item == null) {
        writer.deleteDocuments(DocumentMaker.term(step.key()));
      } else {
        writer.updateDocument(
            DocumentMaker.term(step.key()), maker.document(step.key(), item.item()));
      }
      entered++;
      if (entered % COMMIT_EVERY == 0) {
        files.merges().run();
      }
      if (count % LOOK_EVERY == 0 && enough.getAsBoolean()) {
        return false;
      }
    }
    progress = new IndexFiles.Progress(progress.fork(), under.target(), null);
    replay = null;
    return true;
  }

  private void commit() throws IOException {
    files.commit(progress);
    entered = 0;
    files.merges().run();
  }

  /// What is in the index now. The reader of before is let go by whoever was given it.
  private Snapshot snapshot() throws IOException {
    DirectoryReader before = reader;
    DirectoryReader next =
        before == null ? null : DirectoryReader.openIfChanged(before, files.writer());
    if (next == null && before != null) {
      before.incRef();
      next = before;
    } else if (next == null) {
      next = files.reader();
    }
    reader = next;
    return new Snapshot(next, progress.version());
  }

  /// Merges segments, beside whoever follows.
  void merge() throws IOException {
    files.merges().run();
  }

  /// Closes the files.
  ///
  /// @param keep whether what was reached is to be kept
  void close(boolean keep) throws IOException {
    try (files) {
      // Where steps were left half made, what was durable before is what counts.
      if (keep && entered > 0 && replay == null && files.writer().isOpen()) {
        files.commit(progress);
      }
    }
  }
}
