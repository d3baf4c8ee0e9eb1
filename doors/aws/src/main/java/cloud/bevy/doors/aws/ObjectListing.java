package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.BucketAccess;
import cloud.bevy.services.buckets.ListPage;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ObjectAccess;
import cloud.bevy.services.buckets.StoredObject;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What the answers that list objects, their versions or uploads have in common.
final class ObjectListing {
  private static final int MOST = 1000;

  private final S3Call call;
  private final UnaryOperator<String> encoding;

  private ObjectListing(S3Call call, UnaryOperator<String> encoding) {
    this.call = call;
    this.encoding = encoding;
  }

  /// Reads `encoding-type`.
  static ObjectListing of(S3Call call) throws S3Exception {
    Optional<String> type = call.query().first("encoding-type");
    if (type.isPresent() && !type.get().equals("url")) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Invalid Encoding Method specified in Request")
          .about("encoding-type", type.get());
    }
    return new ObjectListing(
        call, type.isPresent() ? AwsUri::encodePath : UnaryOperator.identity());
  }

  /// A parameter, empty where it is not given.
  String parameter(String name) {
    return call.query().first(name).orElse("");
  }

  /// `max-keys`, or what stands for it.
  int most(String parameter) throws S3Exception {
    return call.number(parameter, MOST, MOST);
  }

  /// Writes a key or a part of one, encoded where the caller asked for it.
  void key(XmlWriter xml, String element, String text) {
    xml.element(element, encoding.apply(text));
  }

  /// Writes a key or a part of one if it is not empty.
  void keyIfAny(XmlWriter xml, String element, String text) {
    if (!text.isEmpty()) {
      key(xml, element, text);
    }
  }

  /// Writes `EncodingType`.
  void encodingType(XmlWriter xml) {
    call.query().first("encoding-type").ifPresent(type -> xml.element("EncodingType", type));
  }

  /// Writes what is on the page.
  void page(XmlWriter xml, ListPage<StoredObject> page, boolean owner) throws S3Exception {
    BucketAccess access = call.bucket().access();
    for (StoredObject object : page.entries()) {
      xml.open("Contents");
      key(xml, "Key", object.key().text());
      object(xml, object);
      if (owner) {
        ObjectAccess of = object.attributes().access();
        Owners.write(xml, "Owner", ObjectOwners.of(call, access, of));
      }
      xml.close("Contents");
    }
    groups(xml, page);
  }

  /// Writes what a list shows of an object, its key aside.
  void object(XmlWriter xml, StoredObject object) {
    xml.element("LastModified", HttpDates.listed(object.modified()));
    xml.element("ETag", ObjectHeaders.quoted(object.etag()));
    object.checksum().ifPresent(sum -> ChecksumHeaders.kind(xml, sum.algorithm(), sum.composite()));
    xml.element("Size", object.size());
    xml.element("StorageClass", object.attributes().storageClass());
  }

  /// Writes where the next page begins.
  ///
  /// @param id the element for the id of what it comes after, where the key alone does not say
  void next(XmlWriter xml, ListPage<?> page, String id) {
    if (page.next().isPresent()) {
      key(xml, "NextKeyMarker", ListObjects.marker(page.next().get()));
      if (page.next().get() instanceof ListPosition.AfterId after) {
        xml.element(id, after.id());
      }
    }
  }

  /// Writes the common prefixes.
  void groups(XmlWriter xml, ListPage<?> page) {
    for (String group : page.groups()) {
      xml.open("CommonPrefixes");
      key(xml, "Prefix", group);
      xml.close("CommonPrefixes");
    }
  }
}
