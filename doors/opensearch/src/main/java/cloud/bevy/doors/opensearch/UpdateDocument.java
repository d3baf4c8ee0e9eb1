package cloud.bevy.doors.opensearch;

import cloud.bevy.services.tables.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST /{index}/_update/{id}`: changes parts of a document, or writes it.
final class UpdateDocument implements Operation {
  @Override
  public Answer run(Call call) {
    Parameters parameters = call.parameters();
    call.checkRefresh();
    Long expected =
        DocumentWrite.expected(
            parameters.whole("if_seq_no").orElse(null),
            parameters.whole("if_primary_term").orElse(null));
    Index index = call.place().forWriting(call.name(Route.INDEX));
    Map<String, @Nullable Object> body = call.object();
    DocumentWrite write =
        new DocumentWrite(
            DocumentWrite.Kind.UPDATE,
            new DocumentWrite.Target(index, call.name(Route.DOCUMENT), expected),
            body);
    Answer answer = Writes.one(call.place(), write);
    Item after = write.after();
    boolean wanted =
        parameters.text("_source").map(source -> !source.equals("false")).orElse(false)
            || Boolean.TRUE.equals(body.get("_source"));
    if (after == null || !wanted) {
      return answer;
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(Json.map("answer", answer.body()));
    Map<String, @Nullable Object> get = new LinkedHashMap<>();
    get.put("found", true);
    get.put("_source", Documents.filter(parameters).of(Documents.source(after)));
    tree.put("get", get);
    return new Answer(answer.status(), tree);
  }
}
