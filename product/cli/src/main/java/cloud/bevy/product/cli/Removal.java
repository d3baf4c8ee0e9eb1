package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.Disk;
import java.io.IOException;
import java.nio.file.Path;

/// Removes a folder with all that is in it.
final class Removal {
  private final Disk disk;

  Removal(Disk disk) {
    this.disk = disk;
  }

  void remove(Path path) throws IOException {
    if (disk.isDirectory(path)) {
      for (Path name : disk.list(path)) {
        remove(path.resolve(name));
      }
    }
    disk.delete(path);
  }
}
