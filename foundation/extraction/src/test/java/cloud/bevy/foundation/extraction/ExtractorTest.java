package cloud.bevy.foundation.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Text comes out of documents, and out of hostile ones comes a reason.
final class ExtractorTest {
  private static final ExtractionLimits LIMITS = ExtractionLimits.defaults();

  private final World world = RealWorld.create(System.err);
  private Extractor extractor = new Extractors(world, LIMITS).open();

  @AfterEach
  void nobodyIsLeft() throws InterruptedException {
    extractor.close();
    for (int i = 0; i < 100 && readers() > 0; i++) {
      world.tasks().sleep(Duration.ofMillis(20));
    }
    assertThat(readers()).isZero();
  }

  private static long readers() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(child ->
            child.info().arguments().stream()
                .flatMap(Arrays::stream)
                .anyMatch(ExtractionMain.class.getName()::equals))
        .count();
  }

  private Extracted read(DocumentFormat format, byte[] bytes) {
    return read(format, "", bytes);
  }

  private Extracted read(DocumentFormat format, String charset, byte[] bytes) {
    Document document =
        new Document(format, charset, bytes.length, () -> new ByteArrayInputStream(bytes));
    return extractor.extract(document, () -> false);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void plainTextIsReadInItsCharset() {
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.ISO_8859_1,
            StandardCharsets.UTF_16)) { // Java writes a mark there
      assertThat(read(DocumentFormat.PLAIN, "Bière über 5 €".replace("€", "").getBytes(charset)))
          .isEqualTo(new Extracted("", "Bière über 5 ", ""));
    }
    assertThat(read(DocumentFormat.PLAIN, "koi8-r", "пиво".getBytes(Charset.forName("koi8-r"))))
        .isEqualTo(new Extracted("", "пиво", ""));
    assertThat(read(DocumentFormat.PLAIN, "no-such", utf8("\ufeffпиво")).text()).isEqualTo("пиво");
    assertThat(read(DocumentFormat.PLAIN, new byte[] {1, 0, 2}).problem()).contains("not text");
  }

  @Test
  void ofALongTextTheBeginningIsRead() {
    extractor =
        new Extractors(world, new ExtractionLimits(10, 100, 100, 64, Duration.ofSeconds(9), 1))
            .open();
    assertThat(read(DocumentFormat.PLAIN, utf8("0123456789")))
        .isEqualTo(new Extracted("", "0123456789", ""));
    Extracted cut = read(DocumentFormat.PLAIN, utf8("012345678\ud83c\udf7a9"));
    assertThat(cut.text()).isEqualTo("012345678");
    assertThat(cut.problem()).contains("first 10 characters");
    assertThat(read(DocumentFormat.PLAIN, utf8("é".repeat(1000))).text()).isEqualTo("é".repeat(10));
    assertThat(read(DocumentFormat.PDF, new byte[101]).problem()).contains("more than");
  }

  @Test
  void aMarkdownDocumentIsCalledWhatItsFirstHeadingSays() {
    assertThat(title("some words\n# Cold *beer* #\n# Other")).isEqualTo("Cold *beer*");
    assertThat(title("---\ntitle: x\n# not this\n---\n\nBeer\n====\n")).isEqualTo("Beer");
    assertThat(title("```\n# not this\n```\n## This")).isEqualTo("This");
    assertThat(title("#no\n")).isEmpty();
  }

  private String title(String markdown) {
    return read(DocumentFormat.MARKDOWN, utf8(markdown)).title();
  }

  @Test
  void htmlIsReadAsABrowserShowsIt() {
    String html =
        "<title>Cold &amp; fresh</title><style>p {}</style><p>One<p>t<b>w</b>o<script>n()</script>";
    assertThat(read(DocumentFormat.HTML, utf8(html)))
        .isEqualTo(new Extracted("Cold & fresh", "One two", ""));
    byte[] latin = "<meta charset=iso-8859-1><p>Bière".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(DocumentFormat.HTML, latin).text()).isEqualTo("Bière");
    assertThat(read(DocumentFormat.HTML, utf8("<div>".repeat(20_000) + "deep")).text())
        .isEqualTo("deep");
  }

  @Test
  void pdfIsRead() throws IOException {
    assertThat(read(DocumentFormat.PDF, pdf("Cold beer", "A glass of it")))
        .isEqualTo(new Extracted("Cold beer", "A glass of it\n", ""));
  }

  @Test
  void aPdfThatCannotBeReadSaysWhyAndTheNextIsRead() throws IOException {
    byte[] good = pdf("Title", "words");
    assertThat(read(DocumentFormat.PDF, encrypted()).problem()).contains("password");
    assertThat(read(DocumentFormat.PDF, utf8("no pdf at all")).problem())
        .contains("cannot be read");
    byte[] half = Arrays.copyOf(good, good.length / 2);
    assertThat(read(DocumentFormat.PDF, half).text()).isEmpty();
    assertThat(read(DocumentFormat.PDF, good).text()).isEqualTo("words\n");
  }

  @Test
  void decompressionBomb() throws IOException {
    extractor = new Extractors(world, LIMITS.memory(48)).open();
    byte[] bomb = bomb();
    assertThat(bomb.length).isLessThan(1 << 20);
    assertThat(read(DocumentFormat.PDF, bomb).problem()).contains("more than 48 MiB of memory");
    assertThat(read(DocumentFormat.PDF, pdf("Title", "words")).text()).isEqualTo("words\n");
  }

  @Test
  void spinForever() throws IOException {
    extractor = new Extractors(world, LIMITS.within(Duration.ofSeconds(2))).open();
    assertThat(read(DocumentFormat.PDF, laughs()).problem()).contains("more than 2 s");
    assertThat(read(DocumentFormat.HTML, utf8("<p>beer")).text()).isEqualTo("beer");
  }

  @Test
  void whoStopsWaitsForNothing() throws IOException {
    byte[] endless = laughs();
    Document document =
        new Document(
            DocumentFormat.PDF, "", endless.length, () -> new ByteArrayInputStream(endless));
    assertThat(extractor.extract(document, () -> true).text()).isEmpty();
  }

  @Test
  void bytesThatCannotBeHadAreSaid() {
    Document.Content none =
        () -> {
          throw new IOException("the disk is gone");
        };
    for (DocumentFormat format : DocumentFormat.values()) {
      assertThat(extractor.extract(new Document(format, "", 5, none), () -> false).problem())
          .contains("the disk is gone");
    }
    Document less =
        new Document(DocumentFormat.PDF, "", 5, () -> new ByteArrayInputStream(utf8("a")));
    assertThat(extractor.extract(less, () -> false).problem())
        .contains("less than there should be");
  }

  @Test
  void whoWaitsForAPlaceGetsOne() throws Exception {
    Extractors one =
        new Extractors(
            world, new ExtractionLimits(100, 100, 1 << 20, 64, Duration.ofSeconds(20), 1));
    Document document =
        new Document(DocumentFormat.HTML, "", 4, () -> new ByteArrayInputStream(utf8("beer")));
    Extractor second = one.open();
    try (Extractor first = one.open()) {
      assertThat(first.extract(document, () -> false).text()).isEqualTo("beer");
      assertThat(second.extract(document, () -> one.waiting().get() > 0).problem())
          .contains("nobody waits");
    }
    try (second) {
      assertThat(second.extract(document, () -> false).text()).isEqualTo("beer");
    }
  }

  @Test
  void aFormatIsKnownByItsTypeOrElseByItsName() {
    assertThat(DocumentFormat.of("text/html; charset=utf-8", "a")).contains(DocumentFormat.HTML);
    assertThat(DocumentFormat.of("binary/octet-stream", "a/b.PDF")).contains(DocumentFormat.PDF);
    assertThat(DocumentFormat.of("text/plain", "README.md")).contains(DocumentFormat.MARKDOWN);
    assertThat(DocumentFormat.of("", "a.md/b")).isEmpty();
    assertThat(DocumentFormat.of("image/png", "a.pdf")).isEmpty();
    assertThat(DocumentFormat.of("text/csv", "a")).contains(DocumentFormat.PLAIN);
    assertThat(Document.charset("text/plain; charset=\"koi8-r\"")).isEqualTo("koi8-r");
  }

  private static byte[] saved(PDDocument document) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }

  private static void page(PDDocument document, String text) throws IOException {
    PDPage page = new PDPage();
    document.addPage(page);
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
      content.newLineAtOffset(50, 700);
      content.showText(text);
      content.endText();
    }
  }

  static byte[] pdf(String title, String text) throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.getDocumentInformation().setTitle(title);
      page(document, text);
      return saved(document);
    }
  }

  private static byte[] encrypted() throws IOException {
    try (PDDocument document = new PDDocument()) {
      page(document, "secret");
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      return saved(document);
    }
  }

  /// A page of many megabytes, compressed to some kilobytes.
  private static byte[] bomb() throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      byte[] much = new byte[60 << 20];
      Arrays.fill(much, (byte) 'a');
      much[0] = '('; // a text that does not end
      page.setContents(
          new PDStream(document, new ByteArrayInputStream(much), COSName.FLATE_DECODE));
      return saved(document);
    }
  }

  /// Pieces of a page that contain each other ten times over, fifteen deep.
  private static byte[] laughs() throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDFormXObject inner = form(document, "q Q ", null);
      for (int i = 0; i < 15; i++) {
        inner = form(document, "/F Do ".repeat(10), inner);
      }
      PDPage page = new PDPage();
      document.addPage(page);
      PDResources resources = new PDResources();
      resources.put(COSName.getPDFName("F"), inner);
      page.setResources(resources);
      page.setContents(new PDStream(document, new ByteArrayInputStream(utf8("/F Do"))));
      return saved(document);
    }
  }

  private static PDFormXObject form(PDDocument document, String content, PDFormXObject inner)
      throws IOException {
    COSStream stream = document.getDocument().createCOSStream();
    try (var out = stream.createOutputStream()) {
      out.write(utf8(content));
    }
    PDFormXObject form = new PDFormXObject(stream);
    PDResources resources = new PDResources();
    if (inner != null) {
      resources.put(COSName.getPDFName("F"), inner);
    }
    form.setResources(resources);
    form.setBBox(new org.apache.pdfbox.pdmodel.common.PDRectangle(100, 100));
    return form;
  }
}
