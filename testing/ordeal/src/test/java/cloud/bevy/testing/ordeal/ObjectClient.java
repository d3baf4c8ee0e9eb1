package cloud.bevy.testing.ordeal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Writes, overwrites and deletes objects of a bucket, some of them in parts.
final class ObjectClient extends Client {
  static final String BUCKET = "ordeal";

  private static final int KEYS = 12;
  private static final int PART_BYTES = 5 << 20;

  private @Nullable S3Client s3;

  ObjectClient(String name, long seed) {
    super(name, seed);
  }

  void use(S3Client client) {
    s3 = client;
  }

  @Override
  void write() {
    String key = name() + "/" + random().nextInt(KEYS);
    int kind = random().nextInt(20);
    if (kind < 3) {
      delete(key);
    } else if (kind == 3) {
      putInParts(key, next());
    } else {
      put(key, next());
    }
  }

  private void put(String key, long number) {
    ledger().attempt(key, number);
    s3().putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(Content.of(number)));
    ledger().acknowledge(key, number);
  }

  private void delete(String key) {
    ledger().attempt(key, null);
    s3().deleteObject(r -> r.bucket(BUCKET).key(key));
    ledger().acknowledge(key, null);
  }

  private void putInParts(String key, long number) {
    byte[] first = Arrays.copyOf(Content.of(number), PART_BYTES);
    byte[] second = Content.of(-number);
    ledger().attempt(key, number);
    String id = s3().createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
    CompletedPart one = part(key, id, 1, first);
    CompletedPart two = part(key, id, 2, second);
    s3().completeMultipartUpload(r ->
        r.bucket(BUCKET)
            .key(key)
            .uploadId(id)
            .multipartUpload(CompletedMultipartUpload.builder().parts(one, two).build()));
    ledger().acknowledge(key, number);
  }

  private CompletedPart part(String key, String id, int number, byte[] content) {
    String tag =
        s3().uploadPart(
                r -> r.bucket(BUCKET).key(key).uploadId(id).partNumber(number),
                RequestBody.fromBytes(content))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  @Override
  void check() {
    Set<String> listed = new HashSet<>();
    List<S3Object> objects =
        s3().listObjectsV2(r -> r.bucket(BUCKET).prefix(name() + "/")).contents();
    objects.forEach(object -> listed.add(object.key()));
    for (String key : ledger().keys()) {
      @Nullable Long found = read(key);
      ledger().settle(key, found);
      if (listed.contains(key) != (found != null)) {
        throw new AssertionError(key + " is read as " + found + ", but listed: " + listed);
      }
    }
  }

  private @Nullable Long read(String key) {
    byte[] bytes;
    try {
      bytes = s3().getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asByteArray();
    } catch (NoSuchKeyException absent) {
      return null;
    }
    long number = Content.number(bytes);
    if (!Arrays.equals(bytes, Content.of(number)) && !inParts(bytes, number)) {
      throw new AssertionError(key + " has " + bytes.length + " bytes that nobody wrote");
    }
    return number;
  }

  private static boolean inParts(byte[] bytes, long number) {
    byte[] second = Content.of(-number);
    byte[] whole = Arrays.copyOf(Content.of(number), PART_BYTES);
    byte[] expected = Arrays.copyOf(whole, PART_BYTES + second.length);
    System.arraycopy(second, 0, expected, PART_BYTES, second.length);
    return Arrays.equals(bytes, expected);
  }

  private S3Client s3() {
    return Objects.requireNonNull(s3);
  }
}
