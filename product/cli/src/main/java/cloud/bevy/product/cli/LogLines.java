package cloud.bevy.product.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/// Prints the log lines of an app.
final class LogLines {
  private LogLines() {}

  static void print(Common common, Map<String, Object> answer) {
    PrintWriter out = common.out();
    if (!(answer.get("lines") instanceof List<?> lines)) {
      return;
    }
    for (Object line : lines) {
      if (common.json()) {
        out.println(Json.line(line));
      } else if (line instanceof Map<?, ?> fields) {
        out.println(fields.get("time") + " " + fields.get("level") + " " + fields.get("text"));
      }
    }
  }
}
