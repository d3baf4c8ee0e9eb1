package cloud.bevy.services.buckets;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The keys of multipart uploads and their parts in a bucket's bee, which sort as S3 lists them:
/// uploads by the bytes of the object's key and then by their id, parts by their number.
///
/// An object's key ends with the bytes 0 1, and a zero byte in it is written as 0 255, so that no
/// key is the beginning of another.
final class UploadKeys {
  private static final int TERMINATOR = 1;
  private static final int ESCAPED = 0xff;

  private UploadKeys() {}

  /// An upload's key, of the object's key and the upload's id.
  static byte[] upload(String key, String id) {
    return join(escaped(key), id.getBytes(StandardCharsets.UTF_8));
  }

  /// What the keys of all uploads of an object begin with.
  static byte[] uploadsOf(String key) {
    return escaped(key);
  }

  /// What the keys of uploads begin with, of all objects whose keys begin with `prefix`.
  static byte[] uploadsUnder(String prefix) {
    byte[] escaped = escaped(prefix);
    return Arrays.copyOf(escaped, escaped.length - 2);
  }

  /// A part's key.
  static byte[] part(String id, int number) {
    return join(parts(id), ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  /// What the keys of all parts of an upload begin with.
  static byte[] parts(String id) {
    return join(id.getBytes(StandardCharsets.UTF_8), new byte[1]);
  }

  /// The number in a part's key.
  static int number(byte[] part) {
    return ByteBuffer.wrap(part, part.length - Integer.BYTES, Integer.BYTES).getInt();
  }

  /// The object's key in an upload's key.
  static String objectKey(byte[] upload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(upload.length);
    int end = end(upload);
    for (int at = 0; at < end; at += upload[at] == 0 ? 2 : 1) {
      out.write(upload[at]);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /// The upload's id in an upload's key.
  static String id(byte[] upload) {
    int begin = end(upload) + 2;
    return new String(upload, begin, upload.length - begin, StandardCharsets.UTF_8);
  }

  /// Where the object's key ends in an upload's key.
  private static int end(byte[] upload) {
    int at = 0;
    while (upload[at] != 0 || upload[at + 1] != TERMINATOR) {
      at += upload[at] == 0 ? 2 : 1;
    }
    return at;
  }

  private static byte[] escaped(String key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(key.length() + 2);
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      out.write(b);
      if (b == 0) {
        out.write(ESCAPED);
      }
    }
    out.write(0);
    out.write(TERMINATOR);
    return out.toByteArray();
  }

  private static byte[] join(byte[] left, byte[] right) {
    byte[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }
}
