package cloud.bevy.product.node;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.doors.aws.DynamoDoor;
import cloud.bevy.doors.http.AppDoor;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.services.functions.Bindings;
import cloud.bevy.services.functions.EngineSettings;
import cloud.bevy.services.functions.FunctionLimits;
import cloud.bevy.services.functions.Functions;
import cloud.bevy.services.functions.TableBinding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Answers requests to apps: `notes` is an app of the first cloud, `notes.team` one of the cloud
/// named `team`.
///
/// @param clouds where apps are
/// @param functions what they do
/// @param first the cloud of those who never name one
record Apps(Clouds clouds, Functions functions, String first) implements AppDoor {
  /// Functions with the tables and buckets of this machine.
  ///
  /// @param dist where the program is installed, with its engine
  /// @param home the state folder
  /// @param tables the door whose operations functions use
  static Functions functions(World world, Path dist, Path home, DynamoDoor tables)
      throws IOException {
    EngineSettings settings =
        new EngineSettings(
            dist.resolve("engine").resolve("workerd"),
            home.resolve("run"),
            home.resolve("logs"),
            FunctionLimits.DEFAULT);
    TableBinding binding =
        (cloud, operation, request) -> {
          DynamoDoor.Answer answer = tables.call(cloud, operation, request);
          return new TableBinding.Answer(answer.status(), answer.json());
        };
    FunctionBuckets buckets = new FunctionBuckets(tables.indexes());
    return new Functions(world, settings, new Bindings(binding, buckets, new FunctionFeeds()));
  }

  @Override
  public void handle(String app, Exchange exchange) throws IOException {
    int dot = app.indexOf('.');
    String name = dot < 0 ? app : app.substring(0, dot);
    Optional<Lease> found = clouds.open(dot < 0 ? first : app.substring(dot + 1));
    if (found.isPresent()) {
      try (Lease lease = found.get()) {
        if (functions.handle(lease.cloud(), name, exchange)) {
          return;
        }
      }
    }
    exchange.status(404).responseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    String message = "There is no app " + app + ". `bevy apps` lists those that there are.\n";
    exchange.send(message.getBytes(StandardCharsets.UTF_8));
  }
}
