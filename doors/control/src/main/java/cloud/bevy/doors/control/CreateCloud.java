package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Creation;
import java.util.List;
import java.util.Map;

/// `POST clouds/NAME`: makes a cloud.
public final class CreateCloud implements ControlOperation {
  private static final String PATH = "clouds/";

  private final Clouds clouds;

  /// @param clouds where it is made
  public CreateCloud(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.startsWith(PATH);
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    String name = request.path().getLast();
    return switch (clouds.create(name)) {
      case Creation.Created(var cloud) -> Map.of("clouds", List.of(ListClouds.fields(cloud)));
      case Creation.NameTaken(var cloud) ->
          throw new ControlRefusal(
              409, "there is a cloud \"" + cloud.name() + "\" already", "choose another name");
      case Creation.InvalidName(String reason) ->
          throw new ControlRefusal(400, "\"" + name + "\" cannot be a cloud's name", reason);
    };
  }
}
