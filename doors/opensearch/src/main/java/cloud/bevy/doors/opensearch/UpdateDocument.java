package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.SourceFilter;
import cloud.bevy.services.tables.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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
    SourceFilter filter = filter(parameters, body.get("_source"));
    DocumentWrite write =
        new DocumentWrite(
            DocumentWrite.Kind.UPDATE,
            new DocumentWrite.Target(index, call.name(Route.DOCUMENT), expected),
            body);
    Answer answer = Writes.one(call.place(), write);
    Item after = write.after();
    Map<String, @Nullable Object> shown = after == null ? null : filter.of(Documents.source(after));
    if (shown == null) {
      return answer;
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(Json.map("answer", answer.body()));
    Map<String, @Nullable Object> get = new LinkedHashMap<>();
    get.put("found", true);
    get.put("_source", shown);
    tree.put("get", get);
    return new Answer(answer.status(), tree);
  }

  /// What is wanted of the document as it has become: nothing, unless something is said.
  private static SourceFilter filter(Parameters parameters, @Nullable Object body) {
    boolean said =
        Stream.of("_source", "_source_includes", "_source_excludes").anyMatch(parameters::has);
    return said
        ? Documents.filter(parameters)
        : SourceFilter.read(Objects.requireNonNullElse(body, false));
  }
}
