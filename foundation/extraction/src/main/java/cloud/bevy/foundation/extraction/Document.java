package cloud.bevy.foundation.extraction;

import java.io.IOException;
import java.io.InputStream;

/// A document whose text is wanted.
///
/// @param charset that it is said to be in; empty where nothing is said
/// @param size in bytes
/// @param content opens its bytes
public record Document(DocumentFormat format, String charset, long size, Content content) {
  /// Where the bytes come from.
  public interface Content {
    /// Opens them. They are read once and closed.
    InputStream open() throws IOException;
  }

  /// The charset that a media type says: `text/plain; charset=iso-8859-1`. Empty for none.
  public static String charset(String mediaType) {
    for (String part : mediaType.split(";", -1)) {
      String parameter = part.strip();
      if (parameter.regionMatches(true, 0, "charset=", 0, "charset=".length())) {
        return parameter.substring("charset=".length()).replace("\"", "").strip();
      }
    }
    return "";
  }
}
