package cloud.bevy.doors.control;

import java.util.Map;

/// `POST stop`: ends the process, once it has answered what it holds.
public final class StopNode implements ControlOperation {
  private final Runnable stop;

  /// @param stop begins the end, and returns at once
  public StopNode(Runnable stop) {
    this.stop = stop;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.equals("stop");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) {
    stop.run();
    return Map.of("stopping", true);
  }
}
