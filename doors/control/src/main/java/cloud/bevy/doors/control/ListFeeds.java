package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.functions.FeedStanding;
import cloud.bevy.services.functions.Functions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET feeds?cloud=NAME&app=NAME`: how the feeds of a cloud stand, or those of one app.
public final class ListFeeds implements ControlOperation {
  private final Clouds clouds;
  private final Functions functions;

  /// @param functions whose feeds are listed
  public ListFeeds(Clouds clouds, Functions functions) {
    this.clouds = clouds;
    this.functions = functions;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.equals("feeds");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    String app = request.parameter("app", "");
    try (Lease lease = NamedCloud.open(clouds, request)) {
      boolean known =
          functions.list(lease.cloud()).stream().anyMatch(each -> each.name().equals(app));
      if (!app.isEmpty() && !known) {
        throw RemoveApp.noSuchApp(app);
      }
      List<Map<String, Object>> feeds =
          functions.standings(lease.cloud()).stream()
              .filter(feed -> app.isEmpty() || feed.feed().app().equals(app))
              .map(ListFeeds::fields)
              .toList();
      return Map.of("feeds", feeds);
    }
  }

  private static Map<String, Object> fields(FeedStanding feed) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("app", feed.feed().app());
    fields.put("feed", feed.feed().name());
    fields.put("table", feed.table());
    fields.put("status", feed.status().name());
    fields.put("position", feed.position());
    fields.put("lag", feed.lag().records());
    fields.put("lagIsMore", feed.lag().more());
    feed.lag().oldest().ifPresent(oldest -> fields.put("oldest", oldest.toString()));
    fields.put("delivered", feed.done().delivered());
    fields.put("failures", feed.done().failures());
    fields.put("deadLetters", feed.done().deadLetters());
    fields.put("deadLettersBucket", feed.done().bucket());
    feed.trouble()
        .ifPresent(trouble -> {
          fields.put("error", trouble.error());
          fields.put("errorAt", trouble.at().toString());
          fields.put("tries", trouble.tries());
          trouble.next().ifPresent(next -> fields.put("nextTry", next.toString()));
        });
    return fields;
  }
}
