package cloud.bevy.services.search;

import cloud.bevy.foundation.base.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/// The files of one index while they are open: Lucene's writer, and how far a commit of it has
/// come.
final class IndexFiles implements AutoCloseable {
  private static final String FORM = "form";
  private static final String DEFINITION = "definition";
  private static final String FORK = "fork";
  private static final String VERSION = "version";
  private static final String AFTER = "after";
  private static final String FORM_NOW = "bevy search 1";

  /// Indexes up to this size are read whole when they are opened, to see whether they are sound.
  private static final long CHECKED_BYTES = 32 << 20;

  /// Lucene tells on its first use what would make it faster: nobody asked.
  private static final Logger TALK = Logger.getLogger("org.apache.lucene");

  static {
    TALK.setLevel(Level.SEVERE);
  }

  /// How far an index has come.
  ///
  /// @param fork the log's
  /// @param version the log's: all that it says is in the index, if `after` is null
  /// @param after the last key that is, where the items of that version are still being entered
  record Progress(long fork, long version, byte @Nullable [] after) {
    boolean complete() {
      return after == null;
    }
  }

  private final Directory directory;
  private final IndexWriter writer;
  private final LaterMerges merges = new LaterMerges();
  private final String fingerprint;

  private IndexFiles(Directory directory, Indexed source, int buffer) throws IOException {
    this.directory = directory;
    fingerprint = source.fingerprint();
    IndexWriterConfig config = new IndexWriterConfig(Analysis.of(source.definition().language()));
    config.setRAMBufferSizeMB(buffer / (double) (1 << 20));
    config.setMergeScheduler(merges);
    config.setMaxFullFlushMergeWaitMillis(0);
    config.setCommitOnClose(false);
    config.setCodec(new Format());
    writer = new IndexWriter(directory, config);
  }

  /// Opens an index, or begins one.
  ///
  /// @throws IOException or a runtime exception where what is there is damaged
  static IndexFiles open(Disk disk, Path folder, Indexed source, SearchLimits limits)
      throws IOException {
    Directory mapped = limits.mapped() ? new MMapDirectory(folder) : null;
    Directory directory = new DiskDirectory(disk, folder, mapped);
    try {
      IndexFiles files = new IndexFiles(directory, source, limits.buffer());
      files.check();
      return files;
    } catch (IOException | RuntimeException damaged) {
      directory.close();
      throw damaged;
    }
  }

  private void check() throws IOException {
    try (DirectoryReader reader = reader()) {
      long bytes = 0;
      for (String file : directory.listAll()) {
        bytes += directory.fileLength(file);
      }
      if (bytes <= CHECKED_BYTES) {
        for (LeafReaderContext leaf : reader.leaves()) {
          ((CodecReader) leaf.reader()).checkIntegrity();
        }
      }
    } catch (IOException | RuntimeException damaged) {
      writer.rollback();
      throw damaged;
    }
  }

  IndexWriter writer() {
    return writer;
  }

  LaterMerges merges() {
    return merges;
  }

  /// What has been written so far, durable or not.
  DirectoryReader reader() throws IOException {
    return DirectoryReader.open(writer);
  }

  /// How far the last commit has come; null where there is none of this definition.
  @Nullable Progress progress() {
    Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
    Map<String, String> said = new HashMap<>();
    if (data != null) {
      data.forEach(entry -> said.put(entry.getKey(), entry.getValue()));
    }
    return progress(said, fingerprint);
  }

  private static @Nullable Progress progress(Map<String, String> said, String fingerprint) {
    if (!FORM_NOW.equals(said.get(FORM)) || !fingerprint.equals(said.get(DEFINITION))) {
      return null;
    }
    String after = said.get(AFTER);
    return new Progress(
        Long.parseLong(Objects.requireNonNull(said.get(FORK))),
        Long.parseLong(Objects.requireNonNull(said.get(VERSION))),
        after == null ? null : HexFormat.of().parseHex(after));
  }

  /// What the last commit in a folder has.
  ///
  /// @param items how many
  record Committed(Progress progress, long items) {}

  /// What the last commit in a folder has, read without opening the index; nothing where there is
  /// none of this definition, or it cannot be read.
  static Optional<Committed> committed(Disk disk, Path folder, Indexed source) {
    if (!disk.exists(folder)) {
      return Optional.empty();
    }
    try (Directory directory = new DiskDirectory(disk, folder, null)) {
      SegmentInfos infos = SegmentInfos.readLatestCommit(directory);
      long items = 0;
      for (SegmentCommitInfo segment : infos) {
        items += segment.info.maxDoc() - segment.getDelCount();
      }
      Progress progress = progress(infos.getUserData(), source.fingerprint());
      return progress == null ? Optional.empty() : Optional.of(new Committed(progress, items));
    } catch (IOException | RuntimeException damaged) {
      // Whoever opens it finds that out.
      return Optional.empty();
    }
  }

  /// Makes what was written durable.
  void commit(Progress progress) throws IOException {
    Map<String, String> said = new HashMap<>();
    said.put(FORM, FORM_NOW);
    said.put(DEFINITION, fingerprint);
    said.put(FORK, Long.toString(progress.fork()));
    said.put(VERSION, Long.toString(progress.version()));
    byte[] after = progress.after();
    if (after != null) {
      said.put(AFTER, HexFormat.of().formatHex(after));
    }
    writer.setLiveCommitData(said.entrySet());
    writer.commit();
  }

  /// Closes the files; what was not committed is forgotten.
  @Override
  public void close() throws IOException {
    try (directory) {
      writer.rollback();
    }
  }

  /// Lucene's format, for vectors of more dimensions than it allows by itself.
  private static final class Format extends Lucene104Codec {
    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
      return new Vectors();
    }
  }

  /// The same bytes as those of the format that it is named for, which reads them.
  private static final class Vectors extends KnnVectorsFormat {
    private final KnnVectorsFormat format;

    Vectors() {
      this(new Lucene99HnswVectorsFormat());
    }

    private Vectors(KnnVectorsFormat format) {
      super(format.getName());
      this.format = format;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return format.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return format.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return SearchField.MOST_DIMENSIONS;
    }
  }
}
