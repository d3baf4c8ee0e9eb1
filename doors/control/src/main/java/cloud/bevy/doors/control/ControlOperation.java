package cloud.bevy.doors.control;

import java.io.IOException;
import java.util.Map;

/// One thing that can be asked of the [ControlDoor].
public interface ControlOperation {
  /// Whether this operation is meant.
  ///
  /// @param path what follows [ControlDoor#PREFIX]
  boolean answers(String method, String path);

  /// Does it.
  ///
  /// @return the fields of the answer: maps, lists, strings, numbers and booleans
  Map<String, Object> answer(ControlRequest request) throws IOException, ControlRefusal;
}
