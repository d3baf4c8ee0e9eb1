package cloud.bevy.doors.http;

import cloud.bevy.cluster.cloud.CloudSummary;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The clouds of the machine in the order of their names, a page at a time.
record ListClouds(Machine machine) implements ControlOperation {
  private static final int PAGE = 1_000;

  @Override
  public String route() {
    return "GET /_bevy/clouds";
  }

  @Override
  public void answer(ControlCall call) throws IOException {
    List<CloudSummary> page = machine.clouds().list(call.parameter("after"), PAGE);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("clouds", page.stream().map(ListClouds::describe).toList());
    if (page.size() == PAGE) {
      answer.put("next", page.getLast().name());
    }
    call.answer(200, answer);
  }

  static Map<String, Object> describe(CloudSummary cloud) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", cloud.name());
    fields.put("key", cloud.key().toString());
    fields.put("created", cloud.created().toString());
    fields.put("open", cloud.open());
    return fields;
  }
}
