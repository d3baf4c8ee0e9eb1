package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.SearchAnswer;
import cloud.bevy.services.tables.StoredItem;

/// How much the documents of one answer are together, so that no request of many parts holds more
/// than a bounded part of the memory.
final class AnswerSize {
  /// The most bytes of the documents of an answer.
  static final int MOST = 32 << 20;

  private static final int TOO_LARGE = 413;

  private long bytes;

  /// Counts a document.
  ///
  /// @throws Refused if it is too many
  StoredItem with(StoredItem document) {
    add(document.json().length);
    return document;
  }

  /// Counts what a search has found.
  ///
  /// @throws Refused if it is too many
  SearchAnswer with(SearchAnswer answer) {
    add(answer.hits().stream().mapToLong(hit -> hit.item().json().length).sum());
    return answer;
  }

  private void add(long more) {
    if (bytes + more > MOST) {
      throw Refused.of(
          TOO_LARGE,
          "content_too_large_exception",
          "the documents of an answer have at most " + MOST + " bytes together: ask for fewer");
    }
    bytes += more;
  }
}
