package cloud.bevy.doors.opensearch;

import cloud.bevy.services.tables.ItemVersions;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `GET /{index}/_doc/{id}` and `/{index}/_source/{id}`.
final class GetDocument implements Operation {
  private final boolean source;

  GetDocument(boolean source) {
    this.source = source;
  }

  @Override
  public Answer run(Call call) {
    Index index = call.place().index(call.name(Route.INDEX));
    String id = call.name(Route.DOCUMENT);
    Optional<ItemVersions.Versioned> found = find(index, id);
    if (found.isEmpty() && source) {
      throw Refused.of(
          Answer.NOT_FOUND,
          "resource_not_found_exception",
          "Document not found [" + index.name() + "]/[_doc]/[" + id + "]");
    }
    if (found.isEmpty()) {
      return new Answer(Answer.NOT_FOUND, Documents.missing(index.name(), id));
    }
    if (!source) {
      return Answer.of(
          Documents.found(index.name(), id, found.get(), Documents.filter(call.parameters())));
    }
    Map<String, @Nullable Object> document =
        Documents.filter(call.parameters()).of(Documents.source(found.get().item().item()));
    return Answer.of(document == null ? Map.of() : document);
  }

  /// The document of an id; nothing for one that no document can have.
  static Optional<ItemVersions.Versioned> find(Index index, String id) {
    return index.table().versions().get(index.key(id));
  }
}
