package cloud.bevy.services.functions;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.NoSuchElementException;
import java.util.SequencedMap;

/// A [FeedState] as it lasts; see `docs/formats/app.md`.
final class FeedRecord {
  private static final long VERSION = 1;

  private FeedRecord() {}

  static byte[] write(FeedState state) {
    SequencedMap<String, Object> members = new LinkedHashMap<>();
    members.put("version", VERSION);
    members.put("table", state.table());
    members.put("incarnation", state.place().incarnation());
    members.put("stream", state.place().stream());
    members.put("fork", state.place().fork());
    members.put("next", state.place().next());
    members.put("status", state.status().name());
    members.put("made", state.made().toEpochMilli());
    members.put("delivered", state.tally().delivered());
    members.put("failures", state.tally().failures());
    members.put("deadLetters", state.tally().deadLetters());
    FeedState.Trouble trouble = state.trouble();
    members.put("tries", trouble.tries());
    members.put("waits", trouble.waits());
    members.put("retry", trouble.next().toEpochMilli());
    members.put("error", trouble.error());
    members.put("errorAt", trouble.at().toEpochMilli());
    members.put("searchSize", trouble.search().size());
    members.put("searchUntil", trouble.search().until());
    return Json.bytes(members);
  }

  /// @throws FunctionFault if it was written by a newer version, or is damaged
  static FeedState read(byte[] bytes) {
    try {
      return read(new Section("the record of a feed", Json.object(bytes)));
    } catch (IOException
        | Refusal
        | IllegalArgumentException
        | ArithmeticException
        | NoSuchElementException damaged) {
      throw FunctionFault.unreadableRecord(String.valueOf(damaged.getMessage()));
    }
  }

  private static FeedState read(Section record) throws Refusal {
    if (record.number("version") != VERSION) {
      throw new Refusal("it is of version " + record.number("version"));
    }
    return new FeedState(
        record.text("table").orElseThrow(),
        new FeedSource.Place(
            record.text("incarnation").orElseThrow(),
            record.text("stream").orElseThrow(),
            record.number("fork"),
            record.number("next")),
        FeedState.Status.valueOf(record.text("status").orElseThrow()),
        new FeedState.Trouble(
            Math.toIntExact(record.number("tries")),
            Math.toIntExact(record.number("waits")),
            Instant.ofEpochMilli(record.number("retry")),
            record.text("error").orElseThrow(),
            Instant.ofEpochMilli(record.number("errorAt")),
            new FeedState.Search(
                Math.toIntExact(record.number("searchSize")), record.number("searchUntil"))),
        new FeedState.Tally(
            record.number("delivered"), record.number("failures"), record.number("deadLetters")),
        Instant.ofEpochMilli(record.number("made")));
  }
}
