package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Grantee;
import java.util.Map;

/// Whom an access control list names, as S3 writes them.
final class Grantees {
  private static final Map<Grantee.Group, String> URIS =
      Map.of(
          Grantee.Group.ALL_USERS, "http://acs.amazonaws.com/groups/global/AllUsers",
          Grantee.Group.AUTHENTICATED_USERS,
              "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
          Grantee.Group.LOG_DELIVERY, "http://acs.amazonaws.com/groups/s3/LogDelivery");

  private Grantees() {}

  /// The user with a canonical id.
  ///
  /// @param place where the id was read
  static Grantee byId(S3Call call, String id, String place) throws S3Exception {
    return call.cloud().accounts().stream()
        .filter(account -> account.id().equals(id))
        .map(account -> new Grantee.User(account.user()))
        .findFirst()
        .orElseThrow(() -> S3Error.INVALID_ARGUMENT.refused("Invalid id").about(place, id));
  }

  /// The user whose name is an address. Nobody else has one here.
  static Grantee byEmail(S3Call call, String address) throws S3Exception {
    return call.cloud().accounts().stream()
        .filter(account -> !account.user().isEmpty() && account.user().equals(address))
        .map(account -> new Grantee.User(account.user()))
        .findFirst()
        .orElseThrow(S3Error.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS::refused);
  }

  /// A group.
  ///
  /// @param place where its address was read
  static Grantee byUri(String uri, String place) throws S3Exception {
    return URIS.entrySet().stream()
        .filter(group -> group.getValue().equals(uri))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> S3Error.INVALID_ARGUMENT.refused("Invalid group uri").about(place, uri));
  }

  /// Writes the element that names a grantee.
  static void write(XmlWriter xml, S3Call call, Grantee to) {
    switch (to) {
      case Grantee.User(String user) -> {
        Account account = call.cloud().account(user);
        open(xml, "CanonicalUser");
        xml.element("ID", account.id()).element("DisplayName", account.name());
      }
      case Grantee.Group group -> {
        open(xml, "Group");
        xml.element("URI", String.valueOf(URIS.get(group)));
      }
    }
    xml.close("Grantee");
  }

  private static void open(XmlWriter xml, String type) {
    xml.open(
        "Grantee",
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"" + type + '"');
  }
}
