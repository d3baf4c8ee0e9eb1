package cloud.bevy.services.search;

import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.StoredItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.jspecify.annotations.Nullable;

/// Brings the files of an index from the version they have reached to the present one. A new index
/// is filled from the items of one version; after that, each step of the log is made in it too.
final class IndexFollower {
  /// So many documents are entered before they are made durable: what a crash takes away is entered
  /// again.
  private static final int COMMIT_EVERY = 50_000;

  /// What takes time to be read counts as so many.
  private static final int STORED_WEIGHT = 200;

  /// So many between two looks at whether to stop.
  private static final int LOOK_EVERY = 256;

  private final Indexed source;
  private final IndexFiles files;
  private final DocumentMaker maker;
  private final int weight;
  private IndexFiles.Progress progress;
  private @Nullable DirectoryReader reader;

  /// What the index held when a replay began, where that is asked for.
  private @Nullable DirectoryReader before;

  private int entered;

  /// What was begun and is not over; null for nothing.
  private @Nullable Replay replay;

  IndexFollower(Indexed source, IndexFiles files) throws IOException {
    this.source = source;
    this.files = files;
    weight = source.stored() ? STORED_WEIGHT : 1;
    maker = new DocumentMaker(source.definition(), source.stored());
    IndexFiles.Progress committed = files.progress();
    boolean usable =
        committed != null
            && committed.fork() == source.fork()
            && committed.version() <= source.version();
    progress = usable ? Objects.requireNonNull(committed) : anew();
  }

  private IndexFiles.Progress anew() throws IOException {
    files.writer().deleteAll();
    return new IndexFiles.Progress(source.fork(), source.version(), new byte[0]);
  }

  /// Shows what is on the disk, if it is all of a version.
  void published(Consumer<Snapshot> publish) throws IOException {
    if (progress.complete()) {
      publish.accept(snapshot());
    }
  }

  /// Steps of the log that are being made up to a version. Until all are, the index is of none.
  private record Replay(long target, Iterator<Indexed.Step> steps) {}

  /// Goes on to the version that is durable now.
  ///
  /// @param enough whether to stop before that; the next call goes on from there
  /// @return whether that was reached
  boolean follow(BooleanSupplier enough, Consumer<Snapshot> publish) throws IOException {
    if (progress.fork() != source.fork() || progress.version() > source.version()) {
      replay = null;
      progress = anew();
    }
    boolean behind = replay != null || progress.version() < source.version();
    if ((!progress.complete() || behind) && !advanced(enough)) {
      return false;
    }
    if (entered >= COMMIT_EVERY) {
      commit();
    }
    publish.accept(snapshot());
    return true;
  }

  private boolean advanced(BooleanSupplier enough) throws IOException {
    try (Indexed.Feed feed = source.feed(enough, this::known)) {
      if (!progress.complete() && !filled(feed, enough)) {
        return false;
      }
      Replay under = replay;
      if (under == null && progress.version() < source.version()) {
        long target = source.version();
        under = new Replay(target, feed.steps(progress.version(), target));
      }
      replay = source.stored() ? null : under; // or else the next begins anew, and reads none again
      return under == null || replayed(under, enough);
    } finally {
      DirectoryReader held = before;
      before = null;
      if (held != null) {
        held.close();
      }
    }
  }

  /// How many documents have been entered, published or not.
  long documents() {
    return files.writer().getDocStats().numDocs;
  }

  private boolean filled(Indexed.Feed feed, BooleanSupplier enough) throws IOException {
    IndexWriter writer = files.writer();
    Iterator<Indexed.Step> items = feed.items(progress.version(), progress.after());
    for (int count = 1; items.hasNext(); count++) {
      Indexed.Step step = items.next();
      writer.addDocument(maker.document(step.key(), Objects.requireNonNull(step.item())));
      entered += weight;
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
    Iterator<Indexed.Step> steps = under.steps();
    for (int count = 1; steps.hasNext(); count++) {
      Indexed.Step step = steps.next();
      Item item = step.item();
      if (item == null) {
        writer.deleteDocuments(DocumentMaker.term(step.key()));
      } else {
        writer.updateDocument(DocumentMaker.term(step.key()), maker.document(step.key(), item));
      }
      entered += weight;
      if (source.stored() && entered >= COMMIT_EVERY) {
        commit(); // those that were read need not be read again
      } else if (entered % COMMIT_EVERY == 0) {
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

  /// An item that the index held when the replay began.
  private @Nullable StoredItem known(byte[] key) {
    try {
      DirectoryReader held = before;
      if (held == null) {
        held = files.reader();
        before = held;
      }
      IndexSearcher searcher = new IndexSearcher(held);
      TopDocs found = searcher.search(new TermQuery(DocumentMaker.term(key)), 1);
      return found.scoreDocs.length == 0
          ? null
          : DocumentMaker.stored(searcher.storedFields(), found.scoreDocs[0].doc);
    } catch (IOException failed) {
      throw new UncheckedIOException("an index cannot be read", failed);
    }
  }

  private void commit() throws IOException {
    files.commit(progress);
    entered = 0;
    files.merges().run();
  }

  /// What is in the index now. The reader of before is let go by whoever was given it.
  private Snapshot snapshot() throws IOException {
    DirectoryReader last = reader;
    DirectoryReader next =
        last == null ? null : DirectoryReader.openIfChanged(last, files.writer());
    if (next == null && last != null) {
      last.incRef();
      next = last;
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
