package cloud.bevy.foundation.extraction;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/// Reads PDF with Apache PDFBox: the words of its pages, and the title of its information.
final class PdfText {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private PdfText() {}

  static Extracted read(byte[] bytes, int most) throws IOException {
    FontMappers.set(new OneFont());
    try (PDDocument document =
        Loader.loadPDF(new RandomAccessReadBuffer(bytes), IOUtils.createMemoryOnlyStreamCache())) {
      String title = document.getDocumentInformation().getTitle();
      Page text = new Page(most);
      String problem = "";
      try {
        new PDFTextStripper().writeText(document, text);
      } catch (Full full) {
        problem = Extracted.cut(most);
      }
      return new Extracted(title == null ? "" : title, text.toString(), problem);
    } catch (InvalidPasswordException encrypted) {
      return Extracted.none("it is encrypted with a password");
    }
  }

  /// There is no more room for text.
  private static final class Full extends IOException {
    private static final long serialVersionUID = 1;
  }

  /// Takes so much text and no more.
  private static final class Page extends Writer {
    private final int most;
    private final StringBuilder text = new StringBuilder();

    Page(int most) {
      this.most = most;
    }

    @Override
    public void write(char[] chars, int from, int length) throws IOException {
      int room = most - text.length();
      text.append(chars, from, Math.min(room, length));
      if (length > room) {
        throw new Full();
      }
    }

    @Override
    public String toString() {
      return text.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /// One font for all that are not in the document. What words are drawn with does not matter, so
  /// the machine's fonts are neither looked for nor read.
  private static final class OneFont implements FontMapper {
    private @Nullable TrueTypeFont font;

    private TrueTypeFont font() {
      TrueTypeFont known = font;
      if (known == null) {
        known = parsed();
        font = known;
      }
      return known;
    }

    private static TrueTypeFont parsed() {
      try (InputStream in = PDFTextStripper.class.getResourceAsStream(FONT)) {
        if (in == null) {
          throw new IllegalStateException("PDFBox comes without its font");
        }
        return new TTFParser().parse(new RandomAccessReadBuffer(in));
      } catch (IOException broken) {
        throw new IllegalStateException("the font of PDFBox cannot be read", broken);
      }
    }

    @Override
    public FontMapping<TrueTypeFont> getTrueTypeFont(
        String name, @Nullable PDFontDescriptor descriptor) {
      return new FontMapping<>(font(), true);
    }

    @Override
    public FontMapping<FontBoxFont> getFontBoxFont(
        String name, @Nullable PDFontDescriptor descriptor) {
      return new FontMapping<>(font(), true);
    }

    @Override
    @SuppressWarnings("NullAway") // there is no font of the other kind, which PDFBox allows
    public CIDFontMapping getCIDFont(
        String name, @Nullable PDFontDescriptor descriptor, @Nullable PDCIDSystemInfo info) {
      return new CIDFontMapping(null, font(), true);
    }
  }
}
