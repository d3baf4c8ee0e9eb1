package cloud.bevy.doors.control;

import java.util.LinkedHashMap;
import java.util.Map;

/// Why a [ControlOperation] does not do what it was asked for.
public final class ControlRefusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String reason;
  private final String hint;

  /// @param status the HTTP status
  /// @param reason what was asked and why it cannot be
  /// @param hint what a person can do
  public ControlRefusal(int status, String reason, String hint) {
    super(reason);
    this.status = status;
    this.reason = reason;
    this.hint = hint;
  }

  int status() {
    return status;
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", reason);
    fields.put("hint", hint);
    return fields;
  }
}
