package cloud.bevy.testing.ordeal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A small tree of real files for real clients to carry: this repository's documents and sources,
/// two large files made of the libraries of the build, an empty file, and names that are easily
/// spoilt on the way.
final class RealTree {
  /// The name of one of the large files in its tree.
  static final String LARGE = "large/libraries";

  private static final String COPY =
      """
      mkdir -p '%1$s/large' '%1$s/names/ü & + %%20'
      cp -r docs examples hyper/core/src hyper/drive/src '%1$s'
      cat dist/lib/*.jar dist/lib/*.jar > '%1$s/large/libraries'
      tac dist/lib/*.jar dist/lib/*.jar > '%1$s/large/backwards'
      echo spoilt > "%1$s/names/ü & + %%20/it's a name?.txt"
      echo hidden > '%1$s/names/.hidden'
      : > '%1$s/names/empty'
      """;

  private RealTree() {}

  /// Makes it in a folder that does not exist yet.
  static Path make(Path folder) throws IOException, InterruptedException {
    new Shell(BevyProcess.ROOT, Map.of()).run(COPY.formatted(folder)).requireSuccess();
    return folder;
  }
}
