package cloud.bevy.foundation.extraction;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// What goes between this process and the one that reads documents: a question with a document's
/// bytes, and its text for an answer.
final class ExtractionWire {
  private static final int BYTES_A_CHARACTER = 3;

  private ExtractionWire() {}

  /// A question.
  record Question(DocumentFormat format, String charset, byte[] bytes) {}

  /// Asks.
  ///
  /// @param size how many bytes are sent, all of which there must be
  static void ask(DataOutputStream out, Document document, int size, InputStream bytes)
      throws IOException {
    out.writeUTF(document.format().name());
    out.writeUTF(document.charset().length() > 100 ? "" : document.charset());
    out.writeInt(size);
    byte[] piece = new byte[1 << 16];
    int left = size;
    while (left > 0) {
      int count = read(bytes, piece, Math.min(left, piece.length));
      out.write(piece, 0, count);
      left -= count;
    }
    out.flush();
  }

  private static int read(InputStream bytes, byte[] piece, int most) throws Extractor.Unreadable {
    try {
      int count = bytes.read(piece, 0, most);
      if (count >= 0) {
        return count;
      }
    } catch (IOException failed) {
      throw new Extractor.Unreadable(String.valueOf(failed.getMessage()));
    }
    throw new Extractor.Unreadable("there are less than there should be");
  }

  /// Reads a question.
  ///
  /// @throws java.io.EOFException where none comes any more
  static Question question(DataInputStream in) throws IOException {
    DocumentFormat format = DocumentFormat.valueOf(in.readUTF());
    String charset = in.readUTF();
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new Question(format, charset, bytes);
  }

  static void answer(DataOutputStream out, Extracted extracted) throws IOException {
    write(out, extracted.title());
    write(out, extracted.text());
    write(out, extracted.problem());
    out.flush();
  }

  /// Reads an answer.
  ///
  /// @param most how many characters of text there can be
  static Extracted answer(DataInputStream in, int most) throws IOException {
    String title = read(in, Extracted.LONGEST_TITLE);
    String text = read(in, most);
    return new Extracted(title, text, read(in, Extracted.LONGEST_TITLE));
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInputStream in, int most) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > (long) BYTES_A_CHARACTER * most) {
      throw new IOException("an answer of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
