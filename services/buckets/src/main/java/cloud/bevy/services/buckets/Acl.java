package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Account;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The access control list of a bucket or an object.
public record Acl(List<Grant> grants) {
  /// The most lines a list may have.
  public static final int MOST_GRANTS = 100;

  private static final String GRANTS = "grants";
  private static final String USER = "user";
  private static final String GROUP = "group";
  private static final String MAY = "may";

  /// Copies the list.
  public Acl {
    grants = List.copyOf(grants);
  }

  /// The list of what nobody but its owner may use.
  ///
  /// @param owner a user's name; empty for the cloud itself
  public static Acl ofOwner(String owner) {
    return new Acl(List.of(new Grant(new Grantee.User(owner), Permission.FULL_CONTROL)));
  }

  /// Whether it lets in everybody, or everybody who signs.
  public boolean isPublic() {
    return grants.stream().anyMatch(Grant::isPublic);
  }

  /// Whether it allows something.
  ///
  /// @param who nobody where the request is not signed
  /// @param publicToo whether grants to everybody count
  public boolean allows(Optional<Account> who, Permission needed, boolean publicToo) {
    return grants.stream()
        .filter(grant -> publicToo || !grant.isPublic())
        .anyMatch(grant -> grant.permission().covers(needed) && grant.isFor(who));
  }

  /// The list as a text to be stored; see `docs/formats/bucket.md`.
  public String write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put(GRANTS, fields());
    return JsonText.write(fields);
  }

  /// The list that was stored.
  ///
  /// @throws BucketFault if the text is none
  public static Acl read(String text) {
    return read(RecordReader.versioned(text), GRANTS);
  }

  /// The list as a field of a record.
  List<Map<String, Object>> fields() {
    return grants.stream().map(Acl::fields).toList();
  }

  /// The list in a field of a record.
  static Acl read(RecordReader reader, String field) {
    List<Grant> grants = new ArrayList<>();
    for (RecordReader line : reader.objects(field)) {
      Grantee to =
          line.optionalText(USER)
              .<Grantee>map(Grantee.User::new)
              .orElseGet(() -> Grantee.Group.valueOf(line.text(GROUP)));
      grants.add(new Grant(to, Permission.valueOf(line.text(MAY))));
    }
    return new Acl(grants);
  }

  private static Map<String, Object> fields(Grant grant) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (grant.to()) {
      case Grantee.User(String user) -> fields.put(USER, user);
      case Grantee.Group group -> fields.put(GROUP, group.name());
    }
    fields.put(MAY, grant.permission().name());
    return fields;
  }
}
