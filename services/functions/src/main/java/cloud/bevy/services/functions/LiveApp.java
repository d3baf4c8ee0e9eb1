package cloud.bevy.services.functions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An app with the list of its files in memory, for as long as its cloud is open and it is not
/// deployed again.
///
/// @param sequence of the record it was made from
/// @param app the app
/// @param files its files, by their path in the bundle
record LiveApp(long sequence, App app, Map<String, StaticFile> files) {
  private static final List<String> DEFAULT_MAINS =
      List.of("function.js", "function.mjs", "index.js", "index.mjs");

  /// The module that answers requests, if there is one.
  Optional<String> main() {
    return main(app.manifest(), files.keySet());
  }

  /// The module that answers requests in a bundle with such files, if there is one.
  static Optional<String> main(Manifest manifest, Set<String> files) {
    return manifest.main().isPresent()
        ? manifest.main()
        : DEFAULT_MAINS.stream().filter(files::contains).findFirst();
  }

  /// Whether a file of a bundle is served as it is.
  static boolean isPublic(Manifest manifest, String path) {
    return path.startsWith(manifest.publicFolder() + '/');
  }

  /// The public file that a request for a path of the app gets: that file, or the `index.html` of
  /// that folder, or the page of that name.
  ///
  /// @param path the path of the request, decoded, without its first `/`
  Optional<Map.Entry<String, StaticFile>> publicFile(String path) {
    String base = app.manifest().publicFolder() + '/' + path;
    List<String> candidates =
        path.isEmpty() || path.endsWith("/")
            ? List.of(base + "index.html")
            : List.of(base, base + ".html");
    return candidates.stream()
        .filter(files::containsKey)
        .findFirst()
        .map(found -> Map.entry(found, files.get(found)));
  }

  /// The function with all its modules, if there is one.
  Optional<LoadedApp> loaded(AppFiles content) {
    List<String> modules =
        files.keySet().stream()
            .filter(path -> !isPublic(app.manifest(), path) && ModuleKind.of(path).isPresent())
            .toList();
    return main().map(main -> new LoadedApp(app, main, modules, content::readWhole));
  }
}
