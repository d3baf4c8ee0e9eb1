package cloud.bevy.doors.opensearch;

import java.util.Map;

/// `DELETE /{index}/_doc/{id}`.
final class DeleteDocument implements Operation {
  @Override
  public Answer run(Call call) {
    Parameters parameters = call.parameters();
    call.checkRefresh();
    Long expected =
        DocumentWrite.expected(
            parameters.whole("if_seq_no").orElse(null),
            parameters.whole("if_primary_term").orElse(null));
    Index index = call.place().index(call.name(Route.INDEX));
    return Writes.one(
        call.place(),
        new DocumentWrite(
            DocumentWrite.Kind.DELETE,
            new DocumentWrite.Target(index, call.name(Route.DOCUMENT), expected),
            Map.of()));
  }
}
