package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;

/// Whose something is that is listed.
final class Owners {
  private Owners() {}

  /// Writes the element that names the owner.
  static void write(XmlWriter xml, String element, Account owner) {
    xml.open(element).element("ID", owner.id()).element("DisplayName", owner.name()).close(element);
  }
}
