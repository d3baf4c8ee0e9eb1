package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Acl;
import cloud.bevy.services.buckets.Grant;
import cloud.bevy.services.buckets.Grantee;
import cloud.bevy.services.buckets.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The headers that say who may use a bucket or an object: a canned list (`x-amz-acl`) or grants
/// (`x-amz-grant-read`).
final class AclHeaders {
  private static final String CANNED = "x-amz-acl";
  private static final List<Map.Entry<String, Permission>> GRANTS =
      List.of(
          Map.entry("x-amz-grant-full-control", Permission.FULL_CONTROL),
          Map.entry("x-amz-grant-read", Permission.READ),
          Map.entry("x-amz-grant-read-acp", Permission.READ_ACP),
          Map.entry("x-amz-grant-write", Permission.WRITE),
          Map.entry("x-amz-grant-write-acp", Permission.WRITE_ACP));

  /// `id="…"`, with or without quotes.
  private static final Pattern GRANTEE =
      Pattern.compile("\\s*(id|uri|emailAddress)\\s*=\\s*\"?([^\",]*)\"?\\s*(?:,|$)");

  private AclHeaders() {}

  /// Reads the headers.
  ///
  /// @param owner the name of the owner of what it is about
  /// @param bucketOwner the name of the owner of the bucket it is in
  /// @return nothing where no header says anything
  static Optional<Acl> read(S3Call call, String owner, String bucketOwner) throws S3Exception {
    Optional<String> canned = call.header(CANNED);
    List<Grant> granted = new ArrayList<>();
    for (Map.Entry<String, Permission> each : GRANTS) {
      for (String value : call.headers().all(each.getKey())) {
        granted.addAll(grants(call, each, value));
      }
    }
    if (canned.isPresent() && !granted.isEmpty()) {
      throw S3Error.INVALID_REQUEST.refused(
          "Specifying both Canned ACLs and Header Grants is not allowed");
    }
    if (canned.isPresent()) {
      return Optional.of(canned(canned.get(), owner, bucketOwner));
    }
    return granted.isEmpty() ? Optional.empty() : Optional.of(new Acl(granted));
  }

  /// The list that a name stands for ("Canned ACL" in the Amazon S3 User Guide).
  private static Acl canned(String name, String owner, String bucketOwner) throws S3Exception {
    List<Grant> grants = new ArrayList<>(Acl.ofOwner(owner).grants());
    Grantee.User ofBucket = new Grantee.User(bucketOwner);
    boolean foreign = !owner.equals(bucketOwner);
    switch (name) {
      case "private", "aws-exec-read" -> {}
      case "public-read" -> grants.add(everybody(Permission.READ));
      case "public-read-write" -> {
        grants.add(everybody(Permission.READ));
        grants.add(everybody(Permission.WRITE));
      }
      case "authenticated-read" ->
          grants.add(new Grant(Grantee.Group.AUTHENTICATED_USERS, Permission.READ));
      case "log-delivery-write" -> {
        grants.add(new Grant(Grantee.Group.LOG_DELIVERY, Permission.WRITE));
        grants.add(new Grant(Grantee.Group.LOG_DELIVERY, Permission.READ_ACP));
      }
      case "bucket-owner-read" -> {
        if (foreign) {
          grants.add(new Grant(ofBucket, Permission.READ));
        }
      }
      case "bucket-owner-full-control" -> {
        if (foreign) {
          grants.add(new Grant(ofBucket, Permission.FULL_CONTROL));
        }
      }
      default -> throw S3Error.INVALID_ARGUMENT.refused("").about(CANNED, name);
    }
    return new Acl(grants);
  }

  private static Grant everybody(Permission permission) {
    return new Grant(Grantee.Group.ALL_USERS, permission);
  }

  private static List<Grant> grants(S3Call call, Map.Entry<String, Permission> header, String value)
      throws S3Exception {
    List<Grant> grants = new ArrayList<>();
    Matcher matcher = GRANTEE.matcher(value);
    int end = 0;
    while (end < value.length() && matcher.find(end) && matcher.start() == end) {
      String text = matcher.group(2);
      Grantee to =
          switch (matcher.group(1)) {
            case "id" -> Grantees.byId(call, text, "id");
            case "uri" -> Grantees.byUri(text, "uri");
            default -> Grantees.byEmail(call, text);
          };
      grants.add(new Grant(to, header.getValue()));
      end = matcher.end();
    }
    if (end < value.length() || grants.isEmpty()) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Argument format not recognized")
          .about(header.getKey(), value);
    }
    return grants;
  }
}
