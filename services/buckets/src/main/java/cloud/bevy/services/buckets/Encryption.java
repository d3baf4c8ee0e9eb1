package cloud.bevy.services.buckets;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.crypto.Blake2b;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How an object's bytes are encrypted: AES with 256 bits in counter mode, under a key of the
/// object's own. It is derived from a secret of the cloud, or from a key that callers bring along.
/// Whether the bytes are whole is seen from the tree that the bucket's log is.
///
/// @param salt of 32 random bytes, in Base64, from which the object's key is derived
/// @param customer what tells the caller's key from others; nothing where the cloud has the key
/// @param keyName the name of the cloud's key, where it was put under one with a name
public record Encryption(String salt, Optional<Customer> customer, Optional<String> keyName) {
  private static final int SALT_BYTES = 32;
  private static final byte[] CHECK = "check".getBytes(StandardCharsets.UTF_8);

  /// What is known of a caller's key.
  ///
  /// @param keyMd5 the Base64 of its MD5
  /// @param check a hash of the object's key, in Base64
  public record Customer(String keyMd5, String check) {}

  /// Whether a caller can have an object's bytes with the key that came along, or without one.
  public enum KeyCheck {
    /// The caller can.
    FITS,
    /// The object was put with a key, and none came along.
    MISSING,
    /// The key is another one.
    WRONG,
    /// A key came along for an object that was put without one.
    NOT_NEEDED
  }

  /// Under a key that the cloud has.
  public static Encryption managed(Chance chance) {
    return new Encryption(text(chance.bytes(SALT_BYTES)), Optional.empty(), Optional.empty());
  }

  /// Under the key that the cloud has for a name. Every name is that of a key.
  public static Encryption named(String keyName, Chance chance) {
    String salt = text(chance.bytes(SALT_BYTES));
    return new Encryption(salt, Optional.empty(), Optional.of(keyName));
  }

  /// Under a key that callers bring along.
  public static Encryption with(CustomerKey key, Chance chance) {
    byte[] salt = chance.bytes(SALT_BYTES);
    String check = check(Blake2b.keyed256(key.bytes(), salt));
    Customer customer = new Customer(key.md5(), check);
    return new Encryption(text(salt), Optional.of(customer), Optional.empty());
  }

  /// Whether a key is the one that is needed.
  ///
  /// @param encryption of the object, if it is encrypted
  public static KeyCheck check(Optional<Encryption> encryption, Optional<CustomerKey> key) {
    Optional<Customer> customer = encryption.flatMap(Encryption::customer);
    if (customer.isEmpty()) {
      return key.isEmpty() ? KeyCheck.FITS : KeyCheck.NOT_NEEDED;
    }
    if (key.isEmpty()) {
      return KeyCheck.MISSING;
    }
    String given = check(Blake2b.keyed256(key.get().bytes(), encryption.get().saltBytes()));
    boolean same =
        MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            customer.get().check().getBytes(StandardCharsets.UTF_8));
    return same ? KeyCheck.FITS : KeyCheck.WRONG;
  }

  /// What encrypts and decrypts.
  ///
  /// @param secret the cloud's
  /// @param key that came along; it must fit
  ObjectCipher cipher(byte[] secret, Optional<CustomerKey> key) {
    byte[] own =
        keyName
            .map(name -> Blake2b.keyed256(secret, name.getBytes(StandardCharsets.UTF_8)))
            .orElse(secret);
    byte[] from = customer.isEmpty() ? own : key.orElseThrow().bytes();
    return new ObjectCipher(Blake2b.keyed256(from, saltBytes()));
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("salt", salt);
    customer.ifPresent(it -> {
      fields.put("keyMd5", it.keyMd5());
      fields.put("check", it.check());
    });
    keyName.ifPresent(name -> fields.put("keyName", name));
    return fields;
  }

  static Encryption read(RecordReader reader) {
    return new Encryption(
        reader.text("salt"),
        reader.optionalText("keyMd5").map(md5 -> new Customer(md5, reader.text("check"))),
        reader.optionalText("keyName"));
  }

  private byte[] saltBytes() {
    return Base64.getDecoder().decode(salt);
  }

  private static String check(byte[] objectKey) {
    return text(Blake2b.keyed256(objectKey, CHECK));
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
