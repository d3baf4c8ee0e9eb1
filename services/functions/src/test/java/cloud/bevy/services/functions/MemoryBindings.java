package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Tables that remember what they were asked and hold one item, and buckets in memory.
final class MemoryBindings implements TableBinding, BucketBinding {
  final List<String> asked = new CopyOnWriteArrayList<>();
  final ConcurrentSkipListMap<String, Body> objects = new ConcurrentSkipListMap<>();
  final MemoryFeed feed = new MemoryFeed();

  /// Whether no object can be put.
  volatile boolean full;

  volatile Answer next = new Answer(200, "{}".getBytes(StandardCharsets.UTF_8));

  Bindings bindings() {
    return new Bindings(this, this, feed);
  }

  void answer(int status, String json) {
    next = new Answer(status, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Answer call(Cloud cloud, String operation, byte[] request) {
    asked.add(operation + ' ' + new String(request, StandardCharsets.UTF_8));
    return operation.equals("CreateTable")
        ? new Answer(200, "{}".getBytes(StandardCharsets.UTF_8))
        : next;
  }

  @Override
  public void create(Cloud cloud, String bucket) {
    asked.add("create " + bucket);
  }

  @Override
  public Optional<Description> head(Cloud cloud, Name name) {
    return Optional.ofNullable(objects.get(name.key())).map(Body::description);
  }

  @Override
  public Optional<Body> get(Cloud cloud, Name name, Optional<Range> range) {
    Body whole = objects.get(name.key());
    if (whole == null) {
      return Optional.empty();
    }
    long size = whole.description().size();
    Range asked = range.orElse(new Range(0, size));
    long from = asked.from() < 0 ? Math.max(0, size + asked.from()) : asked.from();
    int length = (int) Math.min(asked.length(), size - from);
    byte[] all = ((Bytes) whole.bytes()).all;
    byte[] part = java.util.Arrays.copyOfRange(all, (int) from, (int) from + length);
    return Optional.of(
        new Body(whole.description(), new Range(from, length), new ByteArrayInputStream(part)));
  }

  @Override
  public Description put(Cloud cloud, Name name, Content content, Upload upload)
      throws IOException, Refused {
    if (full) {
      throw new Refused("QuotaExceeded", "the bucket is full");
    }
    byte[] all = upload.bytes().readAllBytes();
    Description description =
        new Description(name.key(), all.length, "e" + all.length, Instant.EPOCH, content);
    objects.put(name.key(), new Body(description, new Range(0, all.length), new Bytes(all)));
    return description;
  }

  @Override
  public void delete(Cloud cloud, Name name) {
    objects.remove(name.key());
  }

  @Override
  public Page list(Cloud cloud, String bucket, Query query) {
    List<Description> found =
        objects.values().stream()
            .map(Body::description)
            .filter(each -> each.key().startsWith(query.prefix()))
            .toList();
    return new Page(found, List.of(), "");
  }

  Map<String, String> metadata(String key) {
    return objects.get(key).description().content().metadata();
  }

  private static final class Bytes extends ByteArrayInputStream {
    private final byte[] all;

    Bytes(byte[] all) {
      super(all);
      this.all = all;
    }
  }

  @Override
  public Map<String, Object> search(Cloud cloud, String bucket, byte[] request) throws Refused {
    throw new Refused("index_not_found_exception", bucket + " has no index");
  }
}
