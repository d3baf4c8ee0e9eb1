package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.functions.Functions;
import cloud.bevy.services.functions.LogLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET apps/NAME/logs?cloud=NAME&lines=COUNT`: the last messages of an app, the newest last.
public final class ReadAppLogs implements ControlOperation {
  private static final String LINES = "100";

  private final Clouds clouds;
  private final Functions functions;

  /// @param functions whose logs
  public ReadAppLogs(Clouds clouds, Functions functions) {
    this.clouds = clouds;
    this.functions = functions;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.matches("apps/[^/]+/logs");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    String name = request.path().get(1);
    int most = lines(request.parameter("lines", LINES));
    try (Lease lease = NamedCloud.open(clouds, request)) {
      List<LogLine> all =
          functions.logs(lease.cloud(), name).orElseThrow(() -> RemoveApp.noSuchApp(name));
      List<LogLine> last = all.subList(Math.max(0, all.size() - most), all.size());
      return Map.of("lines", last.stream().map(ReadAppLogs::fields).toList());
    }
  }

  private static int lines(String text) throws ControlRefusal {
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException malformed) {
      throw new ControlRefusal(400, "\"" + text + "\" is not a number of lines", "");
    }
  }

  private static Map<String, Object> fields(LogLine line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", line.at().toString());
    fields.put("level", line.level());
    fields.put("text", line.text());
    return fields;
  }
}
