package cloud.bevy.services.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;

/// An index as it was at a version of the table. It is to be closed by whoever was given it.
///
/// @param version the version of the table's bee
record Snapshot(DirectoryReader reader, long version) implements AutoCloseable {
  /// Holds it for one more.
  ///
  /// @return whether it is still there
  boolean hold() {
    return reader.tryIncRef();
  }

  IndexSearcher searcher() {
    IndexSearcher searcher = new IndexSearcher(reader);
    // Lucene's cache is one for the whole program, without regard to who may use how much.
    searcher.setQueryCache(null);
    return searcher;
  }

  @Override
  public void close() {
    try {
      reader.decRef();
    } catch (IOException failed) {
      throw new UncheckedIOException("an index did not close", failed);
    }
  }
}
