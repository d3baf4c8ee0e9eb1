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

  /// Goes on to the version that is durable now.
  void follow(BooleanSupplier stopping, Consumer<Snapshot> publish) throws IOException {
    long target = log.version();
    if (progress.fork() != log.fork() || progress.version() > target) {
      progress = anew();
      target = progress.version();
    }
    if (!progress.complete()) {
      fill(stopping);
    }
    if (progress.version() < target) {
      replay(target, stopping);
    }
    if (entered >= COMMIT_EVERY) {
      commit();
    }
    publish.accept(snapshot());
  }

  private void fill(BooleanSupplier stopping) throws IOException {
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
      look(count, stopping);
    }
    progress = new IndexFiles.Progress(progress.fork(), progress.version(), null);
    commit();
  }

  private void replay(long target, BooleanSupplier stopping) throws IOException {
    IndexWriter writer = files.writer();
    Iterator<TableLog.Step> steps = log.steps(progress.version(), target);
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
      if (count % COMMIT_EVERY == 0) {
        files.merges().run();
      }
      look(count, stopping);
    }
    progress = new IndexFiles.Progress(progress.fork(), target, null);
  }

  private static void look(int count, BooleanSupplier stopping) {
    if (count % LOOK_EVERY == 0 && stopping.getAsBoolean()) {
      throw new SearchRefusal(
          SearchRefusal.Kind.REJECTED, "the index is closed before it has reached the table");
    }
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
      if (keep && entered > 0 && files.writer().isOpen()) {
        files.commit(progress);
      }
    }
  }
}
