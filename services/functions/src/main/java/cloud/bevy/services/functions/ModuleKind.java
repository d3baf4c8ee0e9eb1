package cloud.bevy.services.functions;

import java.util.Optional;

/// What an `import` of a file gives.
enum ModuleKind {
  /// A module with imports and exports.
  ES_MODULE("esModule"),
  /// The parsed value.
  JSON("json"),
  /// A string.
  TEXT("text"),
  /// A `WebAssembly.Module`.
  WASM("wasm"),
  /// An `ArrayBuffer`.
  DATA("data");

  private final String field;

  ModuleKind(String field) {
    this.field = field;
  }

  /// What the engine's configuration calls it.
  String field() {
    return field;
  }

  /// What a file is by its name, if it can be imported at all.
  static Optional<ModuleKind> of(String path) {
    return Optional.ofNullable(
        switch (BundlePath.extension(path)) {
          case "js", "mjs" -> ES_MODULE;
          case "json" -> JSON;
          case "txt", "html", "sql" -> TEXT;
          case "wasm" -> WASM;
          case "bin" -> DATA;
          default -> null;
        });
  }
}
