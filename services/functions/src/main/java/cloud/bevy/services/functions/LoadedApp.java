package cloud.bevy.services.functions;

import java.io.IOException;
import java.util.List;

/// An app with the code of its function, to be given to the engine.
///
/// @param app the app
/// @param main the path of the module whose default export answers requests
/// @param modules the paths of all its modules
/// @param source where the modules' content is had
record LoadedApp(App app, String main, List<String> modules, Source source) {
  /// The largest module that is taken.
  static final int MAX_MODULE = 16 << 20;

  /// Where modules are read from.
  interface Source {
    /// The whole content of the module at a path.
    byte[] read(String path) throws IOException;
  }

  /// What a module is, by its name.
  static ModuleKind kind(String path) {
    return ModuleKind.of(path)
        .orElseThrow(() -> new IllegalArgumentException(path + " is no module"));
  }
}
