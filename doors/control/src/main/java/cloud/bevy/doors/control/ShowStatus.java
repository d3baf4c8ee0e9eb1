package cloud.bevy.doors.control;

import java.util.Map;
import java.util.function.Supplier;

/// `GET status`: how the node is.
public final class ShowStatus implements ControlOperation {
  private final Supplier<Map<String, Object>> status;

  /// @param status reads how the node is
  public ShowStatus(Supplier<Map<String, Object>> status) {
    this.status = status;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.equals("status");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) {
    return status.get();
  }
}
