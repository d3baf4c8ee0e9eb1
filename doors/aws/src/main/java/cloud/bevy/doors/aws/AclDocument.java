package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.services.buckets.Acl;
import cloud.bevy.services.buckets.Grant;
import cloud.bevy.services.buckets.Grantee;
import cloud.bevy.services.buckets.Permission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An access control list as XML: `AccessControlPolicy`.
final class AclDocument {
  private static final String ROOT = "AccessControlPolicy";
  private static final String USER_ID = "CanonicalUser/ID";
  private static final String LIST = "AccessControlList";

  private AclDocument() {}

  /// Answers with a list: its groups first, so that who else is meant stands at the end.
  static void send(S3Call call, Account owner, Acl acl) throws IOException {
    XmlWriter xml = XmlWriter.document(ROOT);
    Owners.write(xml, "Owner", owner);
    xml.open(LIST);
    List<Grant> grants = new ArrayList<>(acl.grants());
    grants.sort(Comparator.comparing(grant -> grant.to() instanceof Grantee.User));
    write(xml, call, grants);
    call.send(xml.close(LIST).close(ROOT));
  }

  /// Writes the lines of a list.
  static void write(XmlWriter xml, S3Call call, List<Grant> grants) {
    for (Grant grant : grants) {
      xml.open("Grant");
      Grantees.write(xml, call, grant.to());
      xml.element("Permission", grant.permission().name()).close("Grant");
    }
  }

  /// The list that a request sets: a canned one, one in headers, or one in the body, and no two of
  /// them.
  ///
  /// @param owner of what it is about
  /// @param bucketOwner the name of the owner of the bucket it is in
  static Acl read(S3Call call, Account owner, String bucketOwner) throws IOException {
    Optional<Acl> inHeaders = AclHeaders.read(call, owner.user(), bucketOwner);
    byte[] body = call.exchange().contentLength() == 0 ? new byte[0] : call.smallBody();
    if (inHeaders.isPresent()) {
      if (body.length > 0) {
        throw S3Error.UNEXPECTED_CONTENT.refused();
      }
      return inHeaders.get();
    }
    if (body.length == 0) {
      throw S3Error.MISSING_SECURITY_HEADER.refused().with("MissingHeaderName", "x-amz-acl");
    }
    return read(call, owner, body);
  }

  private static Acl read(S3Call call, Account owner, byte[] body) throws S3Exception {
    XmlElement root =
        XmlElement.read(body)
            .filter(element -> element.name().equals(ROOT))
            .orElseThrow(S3Error.MALFORMED_ACL::refused);
    XmlElement named = child(root, "Owner");
    XmlElement list = child(root, LIST);
    String id = named.first("ID").orElseThrow(S3Error.MALFORMED_ACL::refused);
    Acl acl = new Acl(grants(call, list));
    Grantees.byId(call, id, USER_ID);
    if (!id.equals(owner.id())) {
      throw S3Error.ACCESS_DENIED.refused();
    }
    return acl;
  }

  /// Reads the lines of a list.
  static List<Grant> grants(S3Call call, XmlElement list) throws S3Exception {
    List<Grant> grants = new ArrayList<>();
    for (XmlElement grant : list.children()) {
      Permission permission = permission(grant.first("Permission").orElse(""));
      grants.add(new Grant(grantee(call, child(grant, "Grantee")), permission));
    }
    if (grants.size() > Acl.MOST_GRANTS) {
      throw S3Error.MALFORMED_ACL.refused("A list has at most " + Acl.MOST_GRANTS + " grants.");
    }
    return grants;
  }

  private static XmlElement child(XmlElement parent, String name) throws S3Exception {
    List<XmlElement> all = parent.all(name);
    if (all.size() != 1) {
      throw S3Error.MALFORMED_ACL.refused();
    }
    return all.getFirst();
  }

  private static Permission permission(String text) throws S3Exception {
    return Arrays.stream(Permission.values())
        .filter(permission -> permission.name().equals(text))
        .findFirst()
        .orElseThrow(S3Error.MALFORMED_ACL::refused);
  }

  private static Grantee grantee(S3Call call, XmlElement grantee) throws S3Exception {
    Optional<String> id = grantee.first("ID");
    Optional<String> uri = grantee.first("URI");
    Optional<String> address = grantee.first("EmailAddress");
    if (id.isPresent()) {
      return Grantees.byId(call, id.get(), USER_ID);
    }
    if (uri.isPresent()) {
      return Grantees.byUri(uri.get(), "Group/URI");
    }
    return Grantees.byEmail(call, address.orElseThrow(S3Error.MALFORMED_ACL::refused));
  }
}
