package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The apps of a cloud by name, in a bee of their own.
final class Catalogue {
  private static final String BEE = "apps";

  private final Cloud cloud;

  Catalogue(Cloud cloud) {
    this.cloud = cloud;
  }

  /// An app as it was last deployed.
  Optional<App> find(String name) {
    return entry(name).map(BeeEntry::value).map(App::read);
  }

  /// An app's record, whose sequence is another one for every deployment.
  Optional<BeeEntry> entry(String name) {
    return bee().now().get(key(name));
  }

  /// All apps in the order of their names.
  List<App> list() {
    List<App> apps = new ArrayList<>();
    for (BeeCursor each = bee().now().range(Range.all()); each.hasNext(); ) {
      apps.add(App.read(each.next().value()));
    }
    return apps;
  }

  /// Makes `app` the one of its name; it is durable when this returns.
  void put(App app) {
    cloud.durable(bee().put(key(app.name()), app.bytes()));
  }

  /// Forgets an app; that is durable when this returns.
  void remove(String name) {
    cloud.durable(bee().delete(key(name)));
  }

  private Bee bee() {
    return cloud.bee(BEE);
  }

  private static byte[] key(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
