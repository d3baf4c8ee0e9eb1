package cloud.bevy.doors.http;

import cloud.bevy.cluster.cloud.Creation;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Makes a cloud.
record CreateCloud(Machine machine) implements ControlOperation {
  @Override
  public String route() {
    return "POST /_bevy/clouds/{}";
  }

  @Override
  public void answer(ControlCall call) throws IOException {
    switch (machine.clouds().create(call.name())) {
      case Creation.Created(var summary) ->
          call.answer(201, Map.of("clouds", List.of(ListClouds.describe(summary))));
      case Creation.NameTaken taken ->
          call.refuse(
              409,
              "there is a cloud \"" + call.name() + "\" on this machine already",
              "use it, or take another name");
      case Creation.InvalidName(String reason) ->
          call.refuse(400, "\"" + call.name() + "\" cannot be a cloud's name: " + reason, "");
    }
  }
}
