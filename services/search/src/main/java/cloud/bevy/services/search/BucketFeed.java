package cloud.bevy.services.search;

import cloud.bevy.foundation.extraction.Document;
import cloud.bevy.foundation.extraction.DocumentFormat;
import cloud.bevy.foundation.extraction.Extracted;
import cloud.bevy.foundation.extraction.Extractor;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.services.buckets.BucketLog;
import cloud.bevy.services.buckets.Encryption;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.OpenObject;
import cloud.bevy.services.buckets.StoredObject;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.StoredItem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The objects of a bucket as items, with the text of those that have some. Between two versions
/// only the last of what a key had is read, and not again where no more than its tags, its lock or
/// its storage class has changed.
final class BucketFeed implements Indexed.Feed {
  private static final String ITS_OWNERS_KEY = "it is encrypted with a key that its owner keeps";
  private static final String ENCRYPTED =
      "it is encrypted: its text would be in the index as it is";

  private final IndexedBucket source;
  private final BucketLog log;
  private final BooleanSupplier stopping;
  private final Function<byte[], @Nullable StoredItem> known;
  private final Registration held;
  private final Extractor extractor;

  BucketFeed(
      IndexedBucket source,
      BooleanSupplier stopping,
      Function<byte[], @Nullable StoredItem> known) {
    this.source = source;
    this.stopping = stopping;
    this.known = known;
    log = source.bucket().log();
    held =
        log.hold()
            .orElseThrow(() ->
                new SearchRefusal(
                    SearchRefusal.Kind.NOT_FOUND, "there is no " + source.title() + " any more"));
    extractor = source.extractors().open();
  }

  @Override
  public Iterator<Indexed.Step> steps(long from, long until) {
    return each(
        prefix -> log.changes(from, until, prefix),
        change -> step(until, change.key(), change.object().filter(this::wanted).orElse(null)));
  }

  @Override
  public Iterator<Indexed.Step> items(long version, byte @Nullable [] after) {
    Optional<String> behind =
        after == null ? Optional.empty() : Optional.of(new String(after, StandardCharsets.UTF_8));
    return each(
        prefix -> log.objects(version, prefix, behind),
        object -> wanted(object) ? put(version, object) : null);
  }

  /// What there is under all prefixes, one after the other.
  private <T> Iterator<Indexed.Step> each(
      Function<String, Iterator<T>> read, Function<T, Indexed.@Nullable Step> step) {
    Iterator<String> prefixes = source.objects().prefixes().iterator();
    return new Iterator<>() {
      private Iterator<T> under = List.<T>of().iterator();
      private Indexed.@Nullable Step next;

      @Override
      public boolean hasNext() {
        while (next == null) {
          look();
          if (under.hasNext()) {
            next = step.apply(under.next());
          } else if (prefixes.hasNext()) {
            under = read.apply(prefixes.next());
          } else {
            return false;
          }
        }
        return true;
      }

      @Override
      public Indexed.Step next() {
        if (!hasNext() || next == null) {
          throw new NoSuchElementException();
        }
        Indexed.Step found = next;
        next = null;
        return found;
      }
    };
  }

  /// @return null where the index has it so already
  private Indexed.@Nullable Step step(long version, ObjectKey key, @Nullable StoredObject object) {
    byte[] bytes = key.text().getBytes(StandardCharsets.UTF_8);
    if (object == null) {
      return new Indexed.Step(bytes, null);
    }
    StoredItem has = known.apply(bytes);
    return has != null && ObjectItems.isOf(has.item(), object) ? null : put(version, object);
  }

  private Indexed.Step put(long version, StoredObject object) {
    Item item = ObjectItems.item(object, text(version, object));
    look(); // otherwise the text may not be what it should
    return new Indexed.Step(object.key().text().getBytes(StandardCharsets.UTF_8), item);
  }

  private void look() {
    if (stopping.getAsBoolean()) {
      throw closed();
    }
  }

  private static SearchRefusal closed() {
    return new SearchRefusal(
        SearchRefusal.Kind.REJECTED, "the index is closed before it has reached the bucket");
  }

  private boolean wanted(StoredObject object) {
    String mine = source.bucket().access().owner().user();
    boolean owners =
        source.enforced() || object.attributes().access().owner().orElse(mine).equals(mine);
    return owners && source.objects().takes(object.key().text());
  }

  private Extracted text(long version, StoredObject object) {
    Optional<Encryption> encryption = object.attributes().encryption();
    if (encryption.flatMap(Encryption::customer).isPresent()) {
      return Extracted.none(ITS_OWNERS_KEY);
    }
    Optional<DocumentFormat> format = ObjectItems.format(object);
    if (format.isEmpty() || object.size() == 0) {
      return Extracted.none("");
    }
    if (encryption.isPresent() && !source.objects().encrypted()) {
      return Extracted.none(ENCRYPTED);
    }
    Document document =
        new Document(
            format.get(),
            Document.charset(ObjectItems.type(object)),
            object.size(),
            () -> bytes(version, object));
    return extractor.extract(document, stopping);
  }

  private InputStream bytes(long version, StoredObject object) throws IOException {
    OpenObject open =
        log.open(version, object.key())
            .orElseThrow(() -> new IOException("it was overwritten or deleted meanwhile"));
    open.unlock(Optional.empty());
    return new FilterInputStream(open.stream(0, object.size())) {
      @Override
      public void close() throws IOException {
        try (open) {
          super.close();
        }
      }
    };
  }

  @Override
  public void close() {
    try (held) {
      extractor.close();
    }
  }
}
