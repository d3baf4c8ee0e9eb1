package cloud.bevy.testing.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/// One connected pair a route, started when a test first needs it, for the tests of a class.
final class Pairs implements AutoCloseable {
  private final Map<Route, Pair> pairs = new EnumMap<>(Route.class);
  private final Path folder;

  Pairs(Path folder) {
    this.folder = folder;
  }

  Pair of(Route route) throws IOException {
    Pair pair = pairs.get(route);
    if (pair == null) {
      pair = Pair.connected(route, Files.createDirectory(folder.resolve(route.name())));
      pairs.put(route, pair);
    }
    return pair;
  }

  @Override
  public void close() {
    pairs.values().forEach(Pair::close);
  }
}
