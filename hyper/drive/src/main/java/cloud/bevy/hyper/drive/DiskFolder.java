package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskEntry;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A folder of the disk as a side of a mirror. Nothing outside of it is touched: paths are checked,
/// and folders on the way to a file are real ones, never links.
final class DiskFolder implements MirrorTree {
  private static final int PIECE = 1 << 16;

  private final Disk disk;
  private final Path root;
  private final DiskPaths paths;
  private final TreeSet<Path> touched = new TreeSet<>();
  private @Nullable DiskWay way;
  private boolean clears;

  DiskFolder(World world, Path folder) {
    this.disk = world.disk();
    this.root = folder.toAbsolutePath().normalize();
    this.paths = new DiskPaths(root);
  }

  @Override
  public Iterator<MirrorFile> files(Folder folder) throws IOException {
    String top = DrivePath.folder(folder.path());
    Iterator<MirrorFile> files = new DiskWalk(this, top).files();
    return new Filtered(files, folder);
  }

  /// Without what is to be left alone.
  private static final class Filtered implements Iterator<MirrorFile> {
    private final Iterator<MirrorFile> files;
    private final Folder folder;
    private @Nullable MirrorFile next;

    Filtered(Iterator<MirrorFile> files, Folder folder) {
      this.files = files;
      this.folder = folder;
    }

    @Override
    public boolean hasNext() {
      while (next == null && files.hasNext()) {
        MirrorFile file = files.next();
        next = folder.ignored().test(file.path()) ? null : file;
      }
      return next != null;
    }

    @Override
    public MirrorFile next() {
      MirrorFile file = Objects.requireNonNull(hasNext() ? next : null, "the folder ends here");
      next = null;
      return file;
    }
  }

  @Override
  public Optional<MirrorFile> find(String path) throws IOException {
    Optional<Path> there = paths.resolve(path);
    if (there.isEmpty() || !new DiskWay(disk, root).isReal(there.get())) {
      return Optional.empty();
    }
    Optional<DiskEntry> entry = disk.look(there.get());
    return entry.isEmpty() || entry.get().is(DiskEntry.Kind.FOLDER)
        ? Optional.empty()
        : Optional.of(file(path, there.get(), entry.get()));
  }

  /// What a file or a link of the disk is to a mirror.
  MirrorFile file(String path, Path there, DiskEntry entry) throws IOException {
    if (paths.resolve(path).isEmpty()) {
      return refused(path, "the name is not one that a drive and a disk both know");
    }
    return switch (entry.kind()) {
      case FILE ->
          new MirrorFile(
              path,
              new DriveEntry(
                  entry.executable(), Optional.empty(), Optional.empty(), Optional.empty()),
              new DiskBytes(there, entry.size()),
              Optional.empty());
      case LINK -> link(path, there);
      case FOLDER, OTHER -> refused(path, "it is neither a file nor a link");
    };
  }

  private MirrorFile link(String path, Path there) throws IOException {
    Optional<DiskEntry> still =
        disk.look(there); // with a folder that was in a file's way it is gone
    if (still.isEmpty() || !still.get().is(DiskEntry.Kind.LINK)) {
      return refused(path, "it has changed meanwhile");
    }
    return DiskLinks.read(root, path, disk.readLink(there))
        .map(link ->
            new MirrorFile(path, DriveEntry.link(link), MirrorFile.Bytes.none(), Optional.empty()))
        .orElseGet(() -> refused(path, "the link leads out of the folder"));
  }

  private static MirrorFile refused(String path, String reason) {
    return new MirrorFile(path, DriveEntry.link(""), MirrorFile.Bytes.none(), Optional.of(reason));
  }

  private final class DiskBytes implements MirrorFile.Bytes {
    private final Path path;
    private final long size;

    DiskBytes(Path path, long size) {
      this.path = path;
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public InputStream open() throws IOException {
      return new DiskInput(disk.open(path, Disk.Mode.READ));
    }
  }

  /// Takes away what a mirror into this folder has left behind, if this is one.
  void sweep(Path part) throws IOException {
    Optional<DiskEntry> entry = way == null ? Optional.empty() : disk.look(part);
    if (entry.isPresent() && !entry.get().is(DiskEntry.Kind.FOLDER)) {
      disk.delete(part);
    }
  }

  Disk disk() {
    return disk;
  }

  Path root() {
    return root;
  }

  @Override
  public void begin(MirrorTree source, boolean clearing) throws IOException {
    clears = clearing;
    disk.createDirectories(root);
    way = new DiskWay(disk, root).clearing(clearing, source);
  }

  private DiskWay way() {
    return Objects.requireNonNull(way, "begin() comes first");
  }

  @Override
  public void write(MirrorFile file) throws IOException, RefusedException {
    Path there = checked(file.path());
    Optional<String> link = file.entry().linkname();
    String target = link.isPresent() ? written(file.path(), link.get()) : "";
    way().open(file.path(), there);
    clear(there);
    Path folder = folderOf(there);
    Path part = folder.resolve(DiskPaths.PART);
    disk.delete(part);
    if (link.isPresent()) {
      disk.createLink(part, target);
    } else {
      fill(part, file);
    }
    disk.rename(part, there);
    touched.add(folder);
  }

  private static String written(String path, String link) throws RefusedException {
    return DiskLinks.write(path, link)
        .filter(DiskPaths::isPath)
        .orElseThrow(() -> new RefusedException("the link leads out of the folder"));
  }

  private Path checked(String path) throws RefusedException {
    return paths
        .resolve(path)
        .orElseThrow(() -> new RefusedException("the path is not one within the folder"));
  }

  private static Path folderOf(Path path) {
    return Objects.requireNonNull(path.getParent(), "a file in the folder has one above it");
  }

  private void fill(Path part, MirrorFile file) throws IOException {
    byte[] piece = new byte[PIECE];
    try (InputStream in = file.bytes().open();
        DiskFile out = disk.open(part, Disk.Mode.CREATE)) {
      long position = 0;
      for (int count = in.readNBytes(piece, 0, PIECE);
          count > 0;
          count = in.readNBytes(piece, 0, PIECE)) {
        out.write(ByteBuffer.wrap(piece, 0, count), position);
        position += count;
      }
      if (file.entry().executable()) {
        out.executable(true);
      }
      out.sync();
    }
  }

  /// Makes sure that a file can be renamed to a path.
  private void clear(Path there) throws IOException, RefusedException {
    Optional<DiskEntry> entry = disk.look(there);
    if (entry.isEmpty()) {
      return;
    }
    switch (entry.get().kind()) {
      case FILE, LINK -> {}
      case OTHER -> throw new RefusedException("something that is no file is in the way");
      case FOLDER -> {
        if (!clears) {
          throw new RefusedException("a folder is in the way");
        }
        way().deleteAll(there);
      }
    }
  }

  @Override
  public void adapt(MirrorFile here, MirrorFile other) throws IOException, RefusedException {
    Path there = checked(here.path());
    way().open(here.path(), there);
    Optional<DiskEntry> entry = disk.look(there);
    if (entry.isEmpty() || !entry.get().is(DiskEntry.Kind.FILE)) {
      throw new RefusedException("it has changed meanwhile");
    }
    try (DiskFile file = disk.open(there, Disk.Mode.WRITE)) {
      file.executable(other.entry().executable());
      file.sync();
    }
  }

  @Override
  public void delete(MirrorFile here) throws IOException, RefusedException {
    Path there = checked(here.path());
    DiskWay real = new DiskWay(disk, root);
    Optional<DiskEntry> entry = real.isReal(there) ? disk.look(there) : Optional.empty();
    if (entry.isEmpty()) {
      return; // what was in the way of a file is gone already
    }
    if (entry.get().is(DiskEntry.Kind.OTHER)) {
      throw new RefusedException("it is neither a file nor a link, and stays");
    }
    if (!entry.get().is(DiskEntry.Kind.FOLDER)) {
      disk.delete(there);
      touched.add(folderOf(there));
    }
  }

  @Override
  public void finish() throws IOException {
    for (Path folder : touched.descendingSet()) {
      if (disk.isDirectory(folder)) {
        sync(folder);
      }
    }
    touched.clear();
  }

  /// Makes a folder durable, or takes it away where nothing is left in it, and what that empties.
  private void sync(Path folder) throws IOException {
    Path at = folder;
    while (!at.equals(root) && disk.list(at).isEmpty()) {
      disk.delete(at);
      at = folderOf(at);
    }
    disk.syncDirectory(at);
  }
}
