package cloud.bevy.doors.opensearch;

import java.util.Map;

/// `PUT /_index_template/{name}`: keeps how indexes will be whose names fit a pattern.
final class PutIndexTemplate implements Operation {
  @Override
  public Answer run(Call call) {
    String name = call.name(Route.NAME);
    if (name.contains("*") || name.contains(",") || name.startsWith("_")) {
      throw Refused.illegal("index template [" + name + "] is no name: it has no stars and commas");
    }
    boolean create = call.parameters().bool("create", false);
    new IndexTemplates(call.place()).put(name, call.object(), create);
    return Answer.of(Map.of("acknowledged", true));
  }
}
