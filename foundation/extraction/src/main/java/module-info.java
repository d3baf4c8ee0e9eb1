/// The text of documents: of plain text and Markdown at once, of HTML and PDF by libraries in a
/// process of its own, which has little memory and can be ended.
@org.jspecify.annotations.NullMarked
module cloud.bevy.foundation.extraction {
  requires static transitive org.jspecify;
  requires transitive cloud.bevy.foundation.base;
  requires java.desktop; // named by no descriptor of PDFBox, which has none, but needed by it
  requires org.apache.fontbox;
  requires org.apache.pdfbox;
  requires org.apache.pdfbox.io;
  requires org.jsoup;

  exports cloud.bevy.foundation.extraction;
}
