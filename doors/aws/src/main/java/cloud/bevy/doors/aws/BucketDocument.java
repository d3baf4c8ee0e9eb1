package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A setting of a bucket that is kept as the XML document it came as, and given back as that: the
/// same elements with the same texts in the same order.
final class BucketDocument {
  private static final int LONGEST = 1 << 20;

  private BucketDocument() {}

  /// Reads a document about a bucket that is there.
  static XmlElement read(S3Call call, String root) throws IOException {
    call.bucket();
    if (call.body().length() > LONGEST) {
      throw S3Error.MAX_MESSAGE_LENGTH_EXCEEDED.refused();
    }
    return call.document(root);
  }

  /// Keeps a document that has been checked.
  static void keep(S3Call call, Setting setting, XmlElement document) throws S3Exception {
    kept(call.bucket().settings().put(setting, text(document)));
  }

  /// How a document that has been checked is kept.
  static String text(XmlElement document) throws S3Exception {
    byte[] text =
        XmlWriter.document(document.name()).contents(document).close(document.name()).bytes();
    if (text.length > LONGEST) {
      throw S3Error.MAX_MESSAGE_LENGTH_EXCEEDED.refused();
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  /// Refuses what was not kept, as the bucket was deleted in the meantime.
  static void kept(boolean kept) throws S3Exception {
    if (!kept) {
      throw S3Error.NO_SUCH_BUCKET.refused();
    }
  }

  /// Answers with the document.
  ///
  /// @param missing what is answered where there is none
  static void answer(S3Call call, Setting setting, S3Error missing) throws IOException {
    Bucket bucket = call.bucket();
    String text = bucket.settings().find(setting).orElseThrow(missing::refused);
    send(call, text);
  }

  /// Answers with a document.
  static void send(S3Call call, String text) throws IOException {
    call.exchange().responseHeaders().set("Content-Type", "application/xml");
    call.exchange().send(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Deletes the document, where there is one.
  static void delete(S3Call call, Setting setting) throws IOException {
    Bucket bucket = call.bucket();
    if (bucket.settings().find(setting).isPresent()) {
      kept(bucket.settings().delete(setting));
    }
    call.sendEmpty(204);
  }
}
