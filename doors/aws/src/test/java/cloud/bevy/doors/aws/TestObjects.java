package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketCreation;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.OpenObject;
import cloud.bevy.services.buckets.PutOutcome;
import cloud.bevy.services.buckets.Setting;
import cloud.bevy.services.buckets.WriteCondition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// What the objects of a bucket of the server are, for tests of what goes there and comes from
/// there.
record TestObjects(DynamoServer server, String bucket) {
  /// In a new bucket.
  static TestObjects create(DynamoServer server, String bucket) {
    server.<BucketCreation>buckets(
        buckets -> buckets.create(new BucketName(bucket), "eu-central-1"));
    return new TestObjects(server, bucket);
  }

  private interface Use<T> {
    T of(Bucket bucket) throws IOException;
  }

  private <T> T with(Use<T> use) {
    return server.buckets(buckets -> {
      try {
        return use.of(buckets.find(new BucketName(bucket)).orElseThrow());
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    });
  }

  /// The names of the objects that begin with a prefix.
  List<String> names(String prefix) {
    ListQuery query = new ListQuery(prefix, "", ListPosition.START, 1000);
    return with(
        found -> found.list(query).entries().stream().map(object -> object.key().text()).toList());
  }

  byte[] bytes(String name) {
    return with(found -> {
      try (OpenObject open = found.open(new ObjectKey(name)).orElseThrow()) {
        open.unlock(Optional.empty());
        return open.stream(0, open.object().size()).readAllBytes();
      }
    });
  }

  String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /// The lines of a compressed object.
  List<String> lines(String name) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(name)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The server-side encryption of an object.
  boolean encrypted(String name) {
    return with(found ->
        found.find(new ObjectKey(name)).orElseThrow().attributes().encryption().isPresent());
  }

  void put(String name, byte[] bytes) {
    PutOutcome<?> outcome =
        with(found ->
            found.put(
                new ObjectKey(name),
                ObjectAttributes.NONE,
                Content.of(new ByteArrayInputStream(bytes), bytes.length),
                WriteCondition.always()));
    assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
  }

  void put(String name, String text) {
    put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Gives the bucket a policy.
  void policy(String policy) {
    assertThat(this.<Boolean>with(found -> found.settings().put(Setting.POLICY, policy))).isTrue();
  }

  /// The same, compressed.
  static byte[] compressed(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return out.toByteArray();
  }
}
