package cloud.bevy.services.functions;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the engine's configuration for the apps of one cloud: Cap'n Proto text that embeds each
/// module from a numbered file beside it, so that no name a person chose is ever a file's name.
///
/// Each app is a service with a socket of its own. What it finds in `env` is made by modules that
/// it cannot import, from a connection to the node that it cannot see.
final class EngineConfig {
  /// How the engine behaves where it once behaved otherwise: as on this day. To be moved with the
  /// engine's version, knowingly.
  private static final String COMPATIBILITY_DATE = "2026-11-01";

  private final Disk disk;
  private final Path folder;
  private final StringBuilder services = new StringBuilder();
  private final StringBuilder sockets = new StringBuilder();
  private int files;

  private EngineConfig(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /// The name of the socket of the app at that position, in the folder of sockets.
  static String socket(int position) {
    return "app-" + position;
  }

  /// The name of the socket that the node listens at.
  static final String NODE_SOCKET = "node";

  /// Writes `config.capnp` and what it embeds into an empty folder.
  static void write(Disk disk, Path folder, List<LoadedApp> apps) throws IOException {
    EngineConfig config = new EngineConfig(disk, folder);
    for (int position = 0; position < apps.size(); position++) {
      config.add(apps.get(position), socket(position));
    }
    config.save("config.capnp", config.text().getBytes(StandardCharsets.UTF_8));
  }

  private String text() throws IOException {
    return """
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
    %s    (name = "internet", worker = (compatibilityDate = "%s", modules = [%s]))
      ],
      sockets = [
    %s  ],
      extensions = [(modules = [
        (name = "bevy:table", internal = true, esModule = %s),
        (name = "bevy:bucket", internal = true, esModule = %s)
      ])]
    );
    """
        .formatted(
            services,
            COMPATIBILITY_DATE,
            module("outside.js", ModuleKind.ES_MODULE, own("outside.js")),
            sockets,
            embed(own("table.js")),
            embed(own("bucket.js")));
  }

  private void add(LoadedApp loaded, String socket) throws IOException {
    String name = loaded.app().name();
    services.append(
        """
            (name = "node:%1$s", external = (address = "unix:/sockets/%2$s",
              http = (injectRequestHeaders = [(name = "bevy-app", value = "%1$s")]))),
            (name = "app:%1$s", worker = (compatibilityDate = "%3$s",
              modules = [%4$s],
              bindings = [%5$s])),
        """
            .formatted(
                name,
                NODE_SOCKET,
                COMPATIBILITY_DATE,
                String.join(",\n        ", modules(loaded)),
                String.join(",\n        ", bindings(loaded.app()))));
    sockets.append(
        """
            (name = %s, address = "unix:/sockets/%s", http = (), service = "app:%s"),
        """
            .formatted(quoted(name), socket, name));
  }

  private List<String> modules(LoadedApp loaded) throws IOException {
    String app =
        "export const app = %s; export const fed = %s;"
            .formatted(quoted(loaded.app().name()), loaded.app().manifest().fed());
    String main = "export * as app from %s;".formatted(quoted("../" + loaded.main()));
    List<String> modules = new ArrayList<>();
    modules.add(module(".bevy/entry.js", ModuleKind.ES_MODULE, own("entry.js")));
    modules.add(module(".bevy/console.js", ModuleKind.ES_MODULE, own("console.js")));
    modules.add(module(".bevy/app.js", ModuleKind.ES_MODULE, utf8(app)));
    modules.add(module(".bevy/main.js", ModuleKind.ES_MODULE, utf8(main)));
    for (String path : loaded.modules()) {
      modules.add(module(path, LoadedApp.kind(path), loaded.source().read(path)));
    }
    return modules;
  }

  private static List<String> bindings(App app) {
    List<String> bindings = new ArrayList<>();
    Manifest.Environment environment = app.manifest().environment();
    environment.vars().forEach((name, value) -> bindings.add(text(name, value)));
    environment
        .tables()
        .forEach((name, spec) -> bindings.add(wrapped(app, name, "table", schema(spec))));
    environment
        .buckets()
        .forEach(
            (name, bucket) -> bindings.add(wrapped(app, name, "bucket", text("bucket", bucket))));
    return bindings;
  }

  private static String wrapped(App app, String name, String kind, String inner) {
    return """
    (name = %s, wrapped = (moduleName = "bevy:%s", innerBindings = [%s,
              (name = "node", service = "node:%s")]))\
    """
        .formatted(quoted(name), kind, inner, app.name());
  }

  private static String schema(TableSpec spec) {
    Map<String, String> sort =
        spec.sortKey().map(key -> Map.of("sortKey", key.name())).orElse(Map.of());
    Map<String, String> members = new LinkedHashMap<>(sort);
    members.put("table", spec.table());
    members.put("partitionKey", spec.partitionKey().name());
    String json = new String(Json.bytes(members), StandardCharsets.UTF_8);
    return "(name = \"schema\", json = " + quoted(json) + ')';
  }

  private static String text(String name, String value) {
    return "(name = " + quoted(name) + ", text = " + quoted(value) + ')';
  }

  private String module(String name, ModuleKind kind, byte[] content) throws IOException {
    return "(name = " + quoted(name) + ", " + kind.field() + " = " + embed(content) + ')';
  }

  private String embed(byte[] content) throws IOException {
    String name = "file-" + files++;
    save(name, content);
    return "embed \"" + name + '"';
  }

  private void save(String name, byte[] content) throws IOException {
    try (DiskFile file = disk.open(folder.resolve(name), Disk.Mode.CREATE)) {
      file.write(ByteBuffer.wrap(content), 0);
    }
  }

  private static byte[] own(String resource) throws IOException {
    return Resources.bytes(resource);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// A string of Cap'n Proto text, and of JavaScript: what is special in either is escaped.
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      switch (character) {
        case '"', '\\' -> quoted.append('\\').append(character);
        case '\n' -> quoted.append("\\n");
        default -> {
          if (character < ' ' || character == 0x7F) {
            quoted.append("\\x").append("%02x".formatted((int) character));
          } else {
            quoted.append(character);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
