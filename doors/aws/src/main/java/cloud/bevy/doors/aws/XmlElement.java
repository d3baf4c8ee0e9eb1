package cloud.bevy.doors.aws;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// An element of a request's XML, with its text or its children; attributes, comments and
/// namespaces are left out. Documents with a document type are refused, so there are no entities to
/// expand or fetch.
///
/// @param name without its prefix
/// @param text what stands between its tags, empty where it has children
record XmlElement(String name, String text, List<XmlElement> children) {
  private static final int DEEPEST = 8;
  private static final int MOST_ELEMENTS = 50_000;

  XmlElement {
    children = List.copyOf(children);
  }

  /// Reads a document.
  ///
  /// @return its root, or nothing where it is not well formed, has a document type, or is deeper or
  ///   has more elements than any of S3's
  static Optional<XmlElement> read(byte[] document) {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(document));
      return Optional.of(new Reading(reader).root());
    } catch (XMLStreamException e) {
      return Optional.empty();
    }
  }

  /// The children of a name, in order.
  List<XmlElement> all(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).toList();
  }

  /// The text of the first child of a name.
  Optional<String> first(String childName) {
    return all(childName).stream().findFirst().map(XmlElement::text);
  }

  /// The first child of a name.
  Optional<XmlElement> child(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).findFirst();
  }

  /// Refuses children of other names.
  XmlElement only(String... names) throws S3Exception {
    List<String> known = List.of(names);
    if (!children.stream().map(XmlElement::name).allMatch(known::contains)) {
      throw S3Error.MALFORMED_XML.refused();
    }
    return this;
  }

  /// Refuses more than one child of any of these names.
  XmlElement once(String... names) throws S3Exception {
    for (String each : names) {
      if (all(each).size() > 1) {
        throw S3Error.MALFORMED_XML.refused();
      }
    }
    return this;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("nothing is fetched");
    });
    return factory;
  }

  /// One pass over a document.
  private static final class Reading {
    private final XMLStreamReader reader;
    private int elements;

    Reading(XMLStreamReader reader) {
      this.reader = reader;
    }

    XmlElement root() throws XMLStreamException {
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          throw new XMLStreamException("a document type");
        }
      }
      XmlElement root = element(1);
      while (reader.hasNext()) {
        reader.next();
      }
      return root;
    }

    private XmlElement element(int depth) throws XMLStreamException {
      elements++;
      if (depth > DEEPEST || elements > MOST_ELEMENTS) {
        throw new XMLStreamException("too deep or too many elements");
      }
      String name = reader.getLocalName();
      StringBuilder text = new StringBuilder();
      List<XmlElement> children = new ArrayList<>();
      for (int event = reader.next();
          event != XMLStreamConstants.END_ELEMENT;
          event = reader.next()) {
        switch (event) {
          case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              text.append(reader.getText());
          case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
          default -> throw new XMLStreamException("neither text nor an element");
        }
      }
      return new XmlElement(name, children.isEmpty() ? text.toString() : "", children);
    }
  }
}
