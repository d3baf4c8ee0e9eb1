package cloud.bevy.doors.opensearch;

import java.util.Base64;

/// `PUT /{index}/_doc/{id}`, `POST /{index}/_doc`, `PUT /{index}/_create/{id}`: writes a document.
final class PutDocument implements Operation {
  private static final int ID_BYTES = 15;

  private final boolean create;

  PutDocument(boolean create) {
    this.create = create;
  }

  /// An id that nobody else has: 20 characters.
  static String newId(Place place) {
    byte[] random = place.world().chance().bytes(ID_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  @Override
  public Answer run(Call call) {
    Parameters parameters = call.parameters();
    call.checkRefresh();
    String type = parameters.text("op_type").orElse("index");
    boolean given = call.given(Route.DOCUMENT).isPresent();
    if (!type.equals("index") && !type.equals("create")) {
      throw Refused.illegal("opType must be 'create' or 'index', found: [" + type + "]");
    }
    if (parameters.has("version") || parameters.has("pipeline")) {
      throw Refused.illegal("[version] and [pipeline] are not supported: use if_seq_no");
    }
    Index index = call.place().forWriting(call.name(Route.INDEX));
    Long expected =
        DocumentWrite.expected(
            parameters.whole("if_seq_no").orElse(null),
            parameters.whole("if_primary_term").orElse(null));
    String id = call.given(Route.DOCUMENT).orElseGet(() -> newId(call.place()));
    boolean fresh = create || type.equals("create") || !given;
    return Writes.one(
        call.place(),
        new DocumentWrite(
            fresh ? DocumentWrite.Kind.CREATE : DocumentWrite.Kind.INDEX,
            new DocumentWrite.Target(index, id, expected),
            call.object()));
  }
}
