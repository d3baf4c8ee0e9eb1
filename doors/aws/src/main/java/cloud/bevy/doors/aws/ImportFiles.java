package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Encryption;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.OpenObject;
import cloud.bevy.services.buckets.StoredObject;
import cloud.bevy.services.tables.Import;
import cloud.bevy.services.tables.ImportOrder;
import cloud.bevy.services.tables.ImportPosition;
import cloud.bevy.services.tables.ImportSource;
import cloud.bevy.services.tables.ImportedRecord;
import cloud.bevy.services.tables.TransferFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The objects of a bucket whose names begin with a prefix, as the files of an import, in the order
/// of their names. Those that say what an export is are passed over.
final class ImportFiles implements ImportSource {
  private static final int PAGE = 1;

  private final Import task;
  private final TransferBucket place;
  private final Bucket bucket;
  private final String prefix;
  private ImportPosition position;
  private @Nullable OpenObject open;
  private @Nullable InputStream stream;
  private @Nullable ByteFeed feed;
  private @Nullable ImportReader reader;

  /// What the files before this one have.
  private long before;

  /// @throws TransferFailure if the bucket is not there, or must not be read
  ImportFiles(Cloud cloud, Import task, ImportPosition from) {
    this.task = task;
    place = TransferBucket.of(cloud, task.order().from());
    bucket = place.bucket();
    String begin = task.order().from().prefix();
    prefix = begin == null ? "" : begin;
    position = from;
    place.checkListing(prefix);
    if (from.records() != ImportPosition.ALL) {
      goOn(from);
    }
  }

  @Override
  public ImportPosition position() {
    return position;
  }

  @Override
  public Optional<ImportedRecord> next() {
    while (reader != null || openNext()) {
      Optional<ImportedRecord> record = record();
      if (record.isPresent()) {
        return record;
      }
      long bytes = position.bytes();
      position = new ImportPosition(position.object(), position.etag(), ImportPosition.ALL, bytes);
      close();
    }
    return Optional.empty();
  }

  private Optional<ImportedRecord> record() {
    ImportReader open = reader;
    if (open == null) {
      return Optional.empty();
    }
    Optional<ImportedRecord> record;
    try {
      record = open.next();
    } catch (ZipException | EOFException damaged) {
      reader = Optional::empty;
      String compression = task.order().form().compression();
      record = Optional.of(new ImportedRecord.Broken("the file is no file of " + compression));
    } catch (IOException failure) {
      throw unreadable(failure);
    }
    long records = position.records() + (record.isPresent() ? 1 : 0);
    position =
        new ImportPosition(
            position.object(),
            position.etag(),
            records,
            before + (feed == null ? 0 : feed.taken()));
    return record;
  }

  private boolean openNext() {
    String after = position.object();
    while (true) {
      ListPosition from = after.isEmpty() ? ListPosition.START : new ListPosition.AfterKey(after);
      List<StoredObject> page = bucket.list(new ListQuery(prefix, "", from, PAGE)).entries();
      if (page.isEmpty()) {
        return false;
      }
      StoredObject next = page.getFirst();
      after = next.key().text();
      if (next.size() > 0 && !ExportNames.isAbout(after)) {
        open(next);
        return true;
      }
    }
  }

  private void open(StoredObject listed) {
    place.check("s3:GetObject", listed.key().text(), Optional.of(listed.attributes().access()));
    OpenObject opened = bucket.open(listed.key()).orElseThrow(() -> changed(listed.key().text()));
    open = opened;
    if (opened.unlock(Optional.empty()) != Encryption.KeyCheck.FITS) {
      close();
      throw new TransferFailure(
          "S3InvalidEncryption", "An object was put with a key of its own: " + listed.key().text());
    }
    StoredObject object = opened.object();
    InputStream bytes = opened.stream(0, object.size());
    stream = bytes;
    before = position.bytes();
    position = new ImportPosition(object.key().text(), object.etag(), 0, before);
    feed = null;
    reader = reader(bytes);
  }

  private ImportReader reader(InputStream bytes) {
    ImportOrder.Form form = task.order().form();
    try {
      ByteFeed fed = new ByteFeed(plain(form.compression(), bytes));
      feed = fed;
      fed.skipMark();
      if (form.format().equals("ION")) {
        return new IonRecords(fed);
      }
      if (form.format().equals("CSV")) {
        ImportOrder.Csv csv = form.csv();
        return new CsvLines(
            fed, csv == null ? new ImportOrder.Csv(null, List.of()) : csv, task.order().table());
      }
      return new JsonLines(fed);
    } catch (ZipException | EOFException damaged) {
      return () -> {
        throw new ZipException(damaged.getMessage());
      };
    } catch (IOException failure) {
      throw unreadable(failure);
    }
  }

  private static InputStream plain(@Nullable String compression, InputStream bytes)
      throws IOException {
    return switch (compression) {
      case "GZIP" -> new GZIPInputStream(bytes);
      case "ZSTD" -> new Unzstd(bytes);
      case null, default -> bytes;
    };
  }

  /// Goes on in the middle of a file.
  private void goOn(ImportPosition from) {
    StoredObject object =
        ObjectKey.of(from.object())
            .flatMap(bucket::find)
            .filter(found -> found.etag().equals(from.etag()))
            .orElseThrow(() -> changed(from.object()));
    open(object);
    while (position.records() < from.records() && record().isPresent()) {
      // What was imported before is passed over.
    }
    before = from.bytes() - (feed == null ? 0 : feed.taken());
    position = from;
  }

  /// What is so each time must not be tried for ever: nobody can use or delete the table meanwhile.
  private TransferFailure unreadable(IOException failure) {
    return new TransferFailure(
        "S3InternalError",
        "An object could not be read: " + position.object() + ": " + failure.getMessage());
  }

  private static TransferFailure changed(String object) {
    return new TransferFailure(
        "S3ObjectChanged", "An object was changed while it was imported: " + object);
  }

  @Override
  public void close() {
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("an object could not be closed", failure);
    } finally {
      if (open != null) {
        open.close();
      }
      stream = null;
      open = null;
      reader = null;
      feed = null;
    }
  }
}
