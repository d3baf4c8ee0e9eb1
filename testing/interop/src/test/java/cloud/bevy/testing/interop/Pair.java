package cloud.bevy.testing.interop;

import cloud.bevy.testing.peers.Peer;
import java.nio.file.Path;

/// A peer that writes and one that reads, each in a process of its own, and a connection of the
/// whole corestores between them, which the writer accepts.
final class Pair implements AutoCloseable {
  private final Route route;
  private final Path folder;
  private Peer writer;
  private Peer reader;
  private int port;

  private Pair(Route route, Path folder, Peer writer, Peer reader) {
    this.route = route;
    this.folder = folder;
    this.writer = writer;
    this.reader = reader;
    this.port = writer.listen(route.transport());
  }

  /// Two peers that are not yet connected.
  static Pair apart(Route route, Path folder) {
    Peer writer = route.writer(folder.resolve("writer"));
    try {
      return new Pair(route, folder, writer, route.reader(folder.resolve("reader")));
    } catch (RuntimeException | Error failure) {
      writer.close();
      throw failure;
    }
  }

  /// Two peers that are connected.
  static Pair connected(Route route, Path folder) {
    Pair pair = apart(route, folder);
    pair.connect();
    return pair;
  }

  Peer writer() {
    return writer;
  }

  Peer reader() {
    return reader;
  }

  void connect() {
    reader.connect(route.transport(), port);
  }

  /// A third, which reads as the reader does, connected to the reader only.
  Peer another() {
    Peer another = route.reader(folder.resolve("another"));
    another.connect(route.transport(), reader.listen(route.transport()));
    return another;
  }

  /// Kills the writer and starts another on what it left.
  Peer replaceWriter() {
    writer.kill();
    writer = route.writer(folder.resolve("writer"));
    port = writer.listen(route.transport());
    return writer;
  }

  /// Kills the reader and starts another on what it left.
  Peer replaceReader() {
    reader.kill();
    reader = route.reader(folder.resolve("reader"));
    return reader;
  }

  @Override
  public void close() {
    writer.close();
    reader.close();
  }
}
