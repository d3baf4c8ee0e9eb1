package cloud.bevy.doors.http;

import java.io.IOException;
import java.util.Map;

/// Stops the machine, once it has answered the requests in flight: this one is among them.
record Stop(Machine machine) implements ControlOperation {
  @Override
  public String route() {
    return "POST /_bevy/stop";
  }

  @Override
  public void answer(ControlCall call) throws IOException {
    call.answer(202, Map.of("stopping", true));
    machine.stop().run();
  }
}
