package cloud.bevy.doors.http;

import cloud.bevy.hyper.store.StoreStatistics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the machine does.
record GetStatus(Machine machine) implements ControlOperation {
  @Override
  public String route() {
    return "GET /_bevy/status";
  }

  @Override
  public void answer(ControlCall call) throws IOException {
    Machine.Facts facts = machine.facts().get();
    StoreStatistics store = machine.clouds().statistics();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("version", facts.version());
    status.put("endpoint", facts.endpoint());
    status.put("home", facts.home());
    status.put("pid", ProcessHandle.current().pid());
    status.put("openClouds", machine.clouds().openCount());
    status.put("cores", store.cores());
    status.put("storedBytes", store.bytes());
    status.put("damage", store.damage());
    call.answer(200, status);
  }
}
