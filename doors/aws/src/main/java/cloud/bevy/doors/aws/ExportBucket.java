package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.foundation.base.Chance;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.Encryption;
import cloud.bevy.services.buckets.ObjectAccess;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.ObjectLock;
import cloud.bevy.services.buckets.PutOutcome;
import cloud.bevy.services.buckets.Setting;
import cloud.bevy.services.buckets.StoredObject;
import cloud.bevy.services.buckets.WriteCondition;
import cloud.bevy.services.tables.Export;
import cloud.bevy.services.tables.ExportFile;
import cloud.bevy.services.tables.ExportOrder;
import cloud.bevy.services.tables.TransferFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;

/// The bucket that an export goes to.
final class ExportBucket {
  private static final int UNKNOWN_LENGTH = -1;

  private final Cloud cloud;
  private final Export export;
  private final TransferBucket place;
  private final Bucket bucket;

  /// @throws TransferFailure if there is none
  ExportBucket(Cloud cloud, Export export) {
    this.cloud = cloud;
    this.export = export;
    place = TransferBucket.of(cloud, export.order().to());
    bucket = place.bucket();
  }

  /// Says that the export has begun: an empty object.
  void begin() {
    put(ExportNames.about(export, ExportNames.STARTED), InputStream.nullInputStream());
  }

  /// Stores a file.
  ExportFile store(String object, ExportLines lines) {
    StoredObject stored = put(object, lines);
    return new ExportFile(object, lines.count(), lines.bytes(), lines.md5(), stored.etag());
  }

  /// Stores a manifest and what its checksum is.
  void manifest(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    put(ExportNames.about(export, name + ".json"), new ByteArrayInputStream(bytes));
    byte[] sum = Base64.getEncoder().encode(md5(bytes));
    put(ExportNames.about(export, name + ".md5"), new ByteArrayInputStream(sum));
  }

  private StoredObject put(String object, InputStream bytes) {
    ObjectKey key =
        ObjectKey.of(object)
            .orElseThrow(
                () -> new TransferFailure("S3KeyTooLong", "The names of the objects are too long"));
    place.check("s3:PutObject", object, Optional.empty());
    try {
      Content content = Content.of(bytes, UNKNOWN_LENGTH);
      return switch (bucket.put(key, attributes(), content, WriteCondition.always())) {
        case PutOutcome.Stored<StoredObject>(StoredObject stored) -> stored;
        case PutOutcome.BucketGone<StoredObject> _ -> throw TransferBucket.noSuchBucket();
        case PutOutcome.QuotaExceeded<StoredObject> _ ->
            throw new TransferFailure("S3QuotaExceeded", "The bucket or its cloud is full");
        case PutOutcome.NoSuchUpload<StoredObject> _,
            PutOutcome.NoSuchKey<StoredObject> _,
            PutOutcome.ConditionFailed<StoredObject> _,
            PutOutcome.WrongLength<StoredObject> _,
            PutOutcome.Mismatch<StoredObject> _,
            PutOutcome.WrongKey<StoredObject> _,
            PutOutcome.WrongAlgorithm<StoredObject> _ ->
            throw new IllegalStateException("a put without conditions was refused");
      };
    } catch (IOException impossible) {
      throw new UncheckedIOException("the bytes are made in memory", impossible);
    }
  }

  private ObjectAttributes attributes() {
    return new ObjectAttributes(
        new TreeMap<>(),
        new TreeMap<>(),
        ObjectAttributes.STANDARD,
        new TreeMap<>(),
        ObjectLock.NONE,
        encryption(),
        ObjectAccess.OWNERS);
  }

  /// As the request says, or else as the bucket does.
  private Optional<Encryption> encryption() {
    ExportOrder.Form form = export.order().form();
    Chance chance = cloud.world().chance();
    String wanted = form.encryption();
    try {
      if (wanted == null) {
        Optional<String> byDefault = bucket.settings().find(Setting.ENCRYPTION);
        return byDefault.isEmpty()
            ? Optional.empty()
            : Optional.of(BucketEncryption.ofObjects(byDefault.get(), chance));
      }
      return Optional.of(
          wanted.equals("AES256")
              ? Encryption.managed(chance)
              : Encryption.named(KmsKey.named(Optional.ofNullable(form.key())), chance));
    } catch (S3Exception refused) {
      throw new TransferFailure("S3InvalidEncryption", String.valueOf(refused.getMessage()));
    }
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has MD5", impossible);
    }
  }
}
