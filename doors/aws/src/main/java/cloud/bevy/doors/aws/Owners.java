package cloud.bevy.doors.aws;

/// Who owns what is listed: the cloud, which owns all of it.
final class Owners {
  private Owners() {}

  /// Writes the element that names the owner.
  static void write(XmlWriter xml, String element, S3Call call) {
    xml.open(element)
        .element("ID", call.ownerId())
        .element("DisplayName", call.cloud().name())
        .close(element);
  }
}
