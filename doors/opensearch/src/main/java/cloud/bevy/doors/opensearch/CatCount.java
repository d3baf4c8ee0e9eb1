package cloud.bevy.doors.opensearch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /_cat/count`, `/_cat/count/{index}`: how many documents there are.
final class CatCount implements Operation {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  @Override
  public Answer run(Call call) {
    long count =
        call.place().expand(call.indexes(), false).stream()
            .mapToLong(call.place()::documents)
            .sum();
    Map<String, String> row = new LinkedHashMap<>();
    time(row, call.place().world().time().now());
    row.put("count", Long.toString(count));
    return Cat.of(call, List.of(row));
  }

  static void time(Map<String, String> row, Instant now) {
    row.put("epoch", Long.toString(now.getEpochSecond()));
    row.put("timestamp", CLOCK.format(now.atOffset(ZoneOffset.UTC)));
  }
}
