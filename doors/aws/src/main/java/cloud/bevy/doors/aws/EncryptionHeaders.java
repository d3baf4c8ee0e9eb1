package cloud.bevy.doors.aws;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.CustomerKey;
import cloud.bevy.services.buckets.Encryption;
import cloud.bevy.services.buckets.Setting;
import java.util.Base64;
import java.util.Optional;

/// What a request or an answer says in headers of how an object's bytes are encrypted.
final class EncryptionHeaders {
  private static final String HEADER = "x-amz-server-side-encryption";
  private static final String CUSTOMER = HEADER + "-customer-";
  private static final String SOURCE = "x-amz-copy-source-server-side-encryption-customer-";
  private static final String KEY_ID = HEADER + "-aws-kms-key-id";
  private static final String AES = "AES256";

  private EncryptionHeaders() {}

  /// How an object that is put is to be encrypted, if at all: as the request says, or else as the
  /// bucket does.
  static Optional<Encryption> read(S3Call call, Bucket bucket) throws S3Exception {
    Chance chance = call.cloud().world().chance();
    Optional<String> managed = call.header(HEADER);
    if (managed.isPresent() && call.header(CUSTOMER + "algorithm").isPresent()) {
      throw S3Error.INVALID_ARGUMENT
          .refused(
              "Server Side Encryption with Customer provided key is incompatible with the"
                  + " encryption method specified")
          .about(HEADER, managed.get());
    }
    Optional<CustomerKey> key = key(call);
    Optional<String> keyId = call.header(KEY_ID);
    if (keyId.isPresent() && !managed.equals(Optional.of(KmsKey.ALGORITHM))) {
      throw S3Error.INVALID_ARGUMENT.refused(
          "Server Side Encryption with AWS KMS managed key requires HTTP header "
              + HEADER
              + " : aws:kms");
    }
    if (managed.isEmpty() && key.isEmpty()) {
      Optional<String> byDefault = bucket.settings().find(Setting.ENCRYPTION);
      return byDefault.isEmpty()
          ? Optional.empty()
          : Optional.of(BucketEncryption.ofObjects(byDefault.get(), chance));
    }
    if (managed.isEmpty()) {
      return key.map(it -> Encryption.with(it, chance));
    }
    return switch (managed.get()) {
      case AES -> Optional.of(Encryption.managed(chance));
      case KmsKey.ALGORITHM -> Optional.of(Encryption.named(KmsKey.named(keyId), chance));
      case "aws:kms:dsse" ->
          throw S3Error.NOT_IMPLEMENTED.refused("Encrypting twice is not implemented.");
      default ->
          throw S3Error.INVALID_ARGUMENT
              .refused("The encryption method specified is not supported")
              .about(HEADER, managed.get());
    };
  }

  /// Refuses a request for an object that says how to encrypt it.
  static void refuse(S3Call call) throws S3Exception {
    if (call.header(HEADER).isPresent() || call.header(KEY_ID).isPresent()) {
      throw S3Error.INVALID_ARGUMENT.refused(
          HEADER + " header is not supported for this operation.");
    }
  }

  /// The key that came along.
  static Optional<CustomerKey> key(S3Call call) throws S3Exception {
    return key(call, CUSTOMER);
  }

  /// The key that came along for the source of a copy.
  static Optional<CustomerKey> sourceKey(S3Call call) throws S3Exception {
    return key(call, SOURCE);
  }

  private static Optional<CustomerKey> key(S3Call call, String prefix) throws S3Exception {
    Optional<String> algorithm = call.header(prefix + "algorithm");
    Optional<String> key = call.header(prefix + "key");
    Optional<String> md5 = call.header(prefix + "key-MD5");
    if (algorithm.isEmpty() && key.isEmpty() && md5.isEmpty()) {
      return Optional.empty();
    }
    if (algorithm.isEmpty()) {
      throw incomplete("a valid encryption algorithm.");
    }
    if (!algorithm.get().equals(AES)) {
      throw S3Error.INVALID_ENCRYPTION_ALGORITHM.refused().about(HEADER, algorithm.get());
    }
    if (key.isEmpty()) {
      throw incomplete("an appropriate secret key.");
    }
    if (md5.isEmpty()) {
      throw incomplete("the client calculated MD5 of the secret key.");
    }
    CustomerKey read = key(key.get());
    if (!read.md5().equals(md5.get())) {
      throw notValid(
          "The calculated MD5 hash of the key did not match the hash that was provided.");
    }
    return Optional.of(read);
  }

  private static CustomerKey key(String text) throws S3Exception {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length == CustomerKey.BYTES) {
        return new CustomerKey(bytes);
      }
    } catch (IllegalArgumentException notBase64) {
      throw notValid("The secret key was invalid for the specified algorithm.");
    }
    throw notValid("The secret key was invalid for the specified algorithm.");
  }

  private static S3Exception incomplete(String missing) {
    return notValid(
        "Requests specifying Server Side Encryption with Customer provided keys must provide "
            + missing);
  }

  private static S3Exception notValid(String words) {
    return S3Error.INVALID_ARGUMENT.refused(words).with("ArgumentName", HEADER);
  }

  /// Answers with how an object is encrypted.
  static void answer(S3Call call, Optional<Encryption> encryption) {
    Optional<Encryption.Customer> customer = encryption.flatMap(Encryption::customer);
    if (customer.isPresent()) {
      call.answerHeader(CUSTOMER + "algorithm", AES);
      call.answerHeader(CUSTOMER + "key-MD5", customer.get().keyMd5());
    } else if (encryption.isPresent()) {
      Optional<String> keyName = encryption.get().keyName();
      call.answerHeader(HEADER, keyName.isPresent() ? KmsKey.ALGORITHM : AES);
      keyName.ifPresent(name -> call.answerHeader(KEY_ID, name));
    }
  }

  /// Refuses whoever brings another key along than the upload was begun with, or none.
  static void checkPart(Encryption.KeyCheck check) throws S3Exception {
    if (check == Encryption.KeyCheck.WRONG) {
      throw S3Error.INVALID_REQUEST.refused(
          "The provided encryption parameters did not match the ones used originally.");
    }
    if (check != Encryption.KeyCheck.FITS) {
      throw S3Error.INVALID_REQUEST.refused(
          "The multipart upload initiate requested encryption. Subsequent part requests must"
              + " include the appropriate encryption parameters.");
    }
  }

  /// Refuses whoever cannot have an object's bytes.
  static void check(Encryption.KeyCheck check) throws S3Exception {
    switch (check) {
      case FITS -> {}
      case MISSING ->
          throw S3Error.INVALID_REQUEST.refused(
              "The object was stored using a form of Server Side Encryption. The correct"
                  + " parameters must be provided to retrieve the object.");
      case WRONG ->
          throw S3Error.ACCESS_DENIED.refused(
              "Requests specifying Server Side Encryption with Customer provided keys must provide"
                  + " the correct secret key.");
      case NOT_NEEDED ->
          throw S3Error.INVALID_REQUEST.refused(
              "The encryption parameters are not applicable to this object.");
    }
  }
}
