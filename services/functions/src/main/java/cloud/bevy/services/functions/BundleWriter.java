package cloud.bevy.services.functions;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes a folder as the stream of bytes that [Functions#deploy] reads: the manifest first, then
/// everything else but hidden files and `node_modules`.
public final class BundleWriter {
  private static final int PIECE = 64 << 10;

  private final Disk disk;
  private final Path root;

  /// @param root the folder; `IOException`s say so where it is none
  public BundleWriter(Disk disk, Path root) {
    this.disk = disk;
    this.root = root.toAbsolutePath().normalize();
  }

  /// Writes the folder. Does not close `out`.
  ///
  /// @return how many files were written
  public int write(OutputStream out) throws IOException {
    if (!disk.isDirectory(root)) {
      throw new IOException(root + " is not a folder");
    }
    line(out, BundleReader.MAGIC + root.getFileName());
    List<Path> files = new ArrayList<>();
    Path manifest = root.resolve(Manifest.FILE);
    if (disk.exists(manifest)) {
      files.add(manifest);
    }
    collect(root, files);
    for (Path file : files) {
      write(file, out);
    }
    line(out, BundleReader.END);
    return files.size();
  }

  private void collect(Path folder, List<Path> files) throws IOException {
    for (Path child : disk.list(folder)) {
      Path path = folder.resolve(child);
      String name = String.valueOf(path.getFileName());
      if (name.startsWith(".") || name.equals("node_modules") || files.contains(path)) {
        continue;
      }
      if (disk.isDirectory(path)) {
        collect(path, files);
      } else {
        files.add(path);
      }
    }
  }

  private void write(Path path, OutputStream out) throws IOException {
    try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
      long size = file.size();
      line(out, size + " " + root.relativize(path).toString().replace('\\', '/'));
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      for (long at = 0; at < size; at += piece.limit()) {
        piece.clear().limit((int) Math.min(PIECE, size - at));
        file.readFully(piece, at);
        out.write(piece.array(), 0, piece.limit());
      }
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + '\n').getBytes(StandardCharsets.UTF_8));
  }
}
