package cloud.bevy.foundation.extraction;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jsoup.Jsoup;

/// Reads HTML with jsoup: what a browser would show, without scripts, styles and markup.
final class HtmlText {
  private HtmlText() {}

  /// @param charset that it is said to be in; empty to look at the document itself
  static Extracted read(byte[] bytes, String charset, int most) throws IOException {
    org.jsoup.nodes.Document document;
    try {
      String said = charset.isEmpty() ? null : charset;
      document = Jsoup.parse(new ByteArrayInputStream(bytes), said, "");
    } catch (IllegalArgumentException unknown) {
      document = Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
    }
    return Extracted.of(document.title(), document.body().text(), most);
  }
}
