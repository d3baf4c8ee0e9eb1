package cloud.bevy.doors.aws;

import java.nio.charset.StandardCharsets;

/// Writes the XML of S3's answers. Text is escaped so that any string survives a parser, except
/// that control characters, which XML has no form for, become references that only lenient parsers
/// take; clients that have such keys ask for `encoding-type=url`.
final class XmlWriter {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
  private final StringBuilder out = new StringBuilder(1024);

  private XmlWriter() {}

  /// A document whose root is in S3's namespace.
  static XmlWriter document(String root) {
    XmlWriter xml = plain();
    xml.out.append('<').append(root).append(" xmlns=\"").append(NAMESPACE).append("\">");
    return xml;
  }

  /// A document without a root yet.
  static XmlWriter plain() {
    XmlWriter xml = new XmlWriter();
    xml.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    return xml;
  }

  /// Begins an element.
  XmlWriter open(String name) {
    out.append('<').append(name).append('>');
    return this;
  }

  /// Begins an element with attributes.
  ///
  /// @param attributes as they stand in the document
  XmlWriter open(String name, String attributes) {
    out.append('<').append(name).append(' ').append(attributes).append('>');
    return this;
  }

  /// Ends an element.
  XmlWriter close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  /// An element as it was read, with all that is in it.
  XmlWriter element(XmlElement element) {
    return open(element.name()).contents(element).close(element.name());
  }

  /// What is in an element.
  XmlWriter contents(XmlElement element) {
    text(element.text());
    element.children().forEach(this::element);
    return this;
  }

  /// An element that holds a text.
  XmlWriter element(String name, String text) {
    return open(name).text(text).close(name);
  }

  /// A text.
  XmlWriter text(String text) {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      String escaped = escaped(text.charAt(i));
      if (!escaped.isEmpty()) {
        out.append(text, from, i).append(escaped);
        from = i + 1;
      }
    }
    out.append(text, from, text.length());
    return this;
  }

  /// An element that holds a number.
  XmlWriter element(String name, long number) {
    return element(name, Long.toString(number));
  }

  /// An element that holds `true` or `false`.
  XmlWriter element(String name, boolean truth) {
    return element(name, Boolean.toString(truth));
  }

  /// The document.
  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// What stands for a character that cannot stand for itself; empty for those that can.
  private static String escaped(char c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      default -> c < ' ' || c == 0x7f || c >= 0xfffe ? "&#x" + Integer.toHexString(c) + ';' : "";
    };
  }
}
