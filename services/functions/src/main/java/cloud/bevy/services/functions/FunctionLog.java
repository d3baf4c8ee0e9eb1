package cloud.bevy.services.functions;

import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The last messages of each function of one cloud. They are kept in memory while an engine runs,
/// and in a file per app from when it ends: after a power cut those of the last run are missing.
final class FunctionLog {
  /// How many messages are kept for an app.
  static final int MAX_LINES = 500;

  private static final int MAX_FILE = 16 << 20;

  private final World world;
  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Deque<LogLine>> recent = new HashMap<>();

  /// @param folder where the files are, made when there is something to keep
  FunctionLog(World world, Path folder) {
    this.world = world;
    this.folder = folder;
  }

  /// Remembers a message, and forgets the oldest where there are too many.
  void add(String app, String level, String text) {
    LogLine line = new LogLine(world.time().now(), level, text);
    lock.lock();
    try {
      bounded(recent.computeIfAbsent(app, any -> new ArrayDeque<>()), line);
    } finally {
      lock.unlock();
    }
  }

  /// The messages of an app, the oldest first.
  List<LogLine> lines(String app) {
    Deque<LogLine> lines = new ArrayDeque<>(saved(app));
    lock.lock();
    try {
      recent.getOrDefault(app, new ArrayDeque<>()).forEach(line -> bounded(lines, line));
    } finally {
      lock.unlock();
    }
    return List.copyOf(lines);
  }

  /// Writes what is in memory to the files.
  void save() {
    List<String> apps;
    lock.lock();
    try {
      apps = List.copyOf(recent.keySet());
    } finally {
      lock.unlock();
    }
    for (String app : apps) {
      save(app);
    }
  }

  /// Forgets an app's messages.
  void forget(String app) throws IOException {
    lock.lock();
    try {
      recent.remove(app);
    } finally {
      lock.unlock();
    }
    world.disk().delete(file(app));
  }

  private void save(String app) {
    List<LogLine> lines = lines(app);
    try {
      world.disk().createDirectories(folder);
      world.disk().replace(file(app), bytes(lines));
    } catch (IOException failure) {
      world.log().warning("the log of app " + app + " is not kept: " + failure.getMessage());
      return;
    }
    lock.lock();
    try {
      Deque<LogLine> unsaved = recent.getOrDefault(app, new ArrayDeque<>());
      unsaved.removeIf(lines::contains);
      if (unsaved.isEmpty()) {
        recent.remove(app);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void bounded(Deque<LogLine> lines, LogLine line) {
    if (lines.size() == MAX_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  private Path file(String app) {
    return folder.resolve(app + ".log");
  }

  private List<LogLine> saved(String app) {
    try {
      if (!world.disk().exists(file(app))) {
        return List.of();
      }
      return parse(world.disk().read(file(app), MAX_FILE));
    } catch (IOException | RuntimeException unreadable) {
      world.log().warning("the log of app " + app + " cannot be read: " + unreadable);
      return List.of();
    }
  }

  private static byte[] bytes(List<LogLine> lines) {
    StringBuilder text = new StringBuilder();
    for (LogLine line : lines) {
      Map<String, Object> members =
          Map.of("at", line.at().toString(), "level", line.level(), "text", line.text());
      text.append(new String(Json.bytes(members), StandardCharsets.UTF_8)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<LogLine> parse(byte[] bytes) throws IOException {
    List<LogLine> lines = new ArrayList<>();
    for (String json : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      Map<String, Object> members = Json.object(json.getBytes(StandardCharsets.UTF_8));
      Instant at = Instant.parse(String.valueOf(members.get("at")));
      lines.add(new LogLine(at, "" + members.get("level"), "" + members.get("text")));
    }
    return lines;
  }
}
