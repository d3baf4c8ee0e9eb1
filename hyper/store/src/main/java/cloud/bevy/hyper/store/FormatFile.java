package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// The file that says that a folder is a store, of which version, and which one.
final class FormatFile {
  private static final String TITLE = "cloud bevy store\n";
  private static final Pattern VERSION =
      Pattern.compile(TITLE + "version ([0-9]{1,9})\n.*", Pattern.DOTALL);
  private static final Pattern CONTENT =
      Pattern.compile("(" + TITLE + "version [0-9]{1,9}\nid ([0-9a-f]{16})\n)sum ([0-9a-f]{8})\n");
  private static final int MAXIMUM_BYTES = 4096;

  /// What a folder may hold before it is a store: what a first start leaves that was cut short.
  private static final Set<String> BEFORE = Set.of("lock", "FORMAT.next");

  private FormatFile() {}

  /// Reads the store's identity, or makes the folder a store if it is empty.
  static long open(World world, Layout layout) throws IOException {
    Disk disk = world.disk();
    if (!disk.exists(layout.format())) {
      checkEmpty(disk, layout.directory());
      return write(disk, layout, world.chance().nextLong());
    }
    String content = new String(disk.read(layout.format(), MAXIMUM_BYTES), StandardCharsets.UTF_8);
    checkVersion(layout.directory(), content);
    Matcher parts = CONTENT.matcher(content);
    if (parts.matches() && parts.group(3).equals(hex(sum(parts.group(1))))) {
      return Long.parseUnsignedLong(parts.group(2), 16);
    }
    return again(world, layout);
  }

  private static long write(Disk disk, Layout layout, long id) throws IOException {
    disk.replace(layout.format(), content(id).getBytes(StandardCharsets.UTF_8));
    return id;
  }

  /// Makes a damaged file again: every segment says which store it is of.
  private static long again(World world, Layout layout) throws IOException {
    Set<Long> ids = new HashSet<>();
    Disk disk = world.disk();
    List<Path> segments = disk.exists(layout.segments()) ? disk.list(layout.segments()) : List.of();
    for (Path segment : segments) {
      int number = Layout.number(segment, Layout.SEGMENT_SUFFIX);
      if (number > 0) {
        header(disk, layout.segment(number), number).ifPresent(ids::add);
      }
    }
    if (ids.size() != 1) {
      throw new StoreFault(
          StoreFault.Kind.DAMAGED,
          layout.directory() + " has a FORMAT file that is not as it was written",
          "restore the folder from a backup, or choose another one");
    }
    world
        .log()
        .error(
            "the store "
                + layout.directory()
                + " had a FORMAT file that was not as it was written: it was made again from what"
                + " the segments say; the disk may be failing");
    return write(disk, layout, ids.iterator().next());
  }

  /// The id of the store in a segment's header, if that is whole.
  private static Optional<Long> header(Disk disk, Path segment, int number) throws IOException {
    try (DiskFile file = disk.open(segment, Disk.Mode.READ)) {
      if (file.size() < Layout.SEGMENT_HEADER) {
        return Optional.empty();
      }
      ByteBuffer header = Frame.allocate(Layout.SEGMENT_HEADER);
      file.readFully(header, 0);
      long id = header.getLong(Layout.SEGMENT_ID);
      return Layout.segmentHeader(id, number).equals(header.flip())
          ? Optional.of(id)
          : Optional.empty();
    }
  }

  static String content(long id) {
    String content =
        String.format(Locale.ROOT, TITLE + "version %d\nid %016x\n", Layout.VERSION, id);
    return content + String.format(Locale.ROOT, "sum %08x\n", sum(content));
  }

  private static void checkVersion(Path directory, String content) {
    Matcher version = VERSION.matcher(content);
    if (version.matches() && Integer.parseInt(version.group(1)) > Layout.VERSION) {
      throw new StoreFault(
          StoreFault.Kind.NEWER,
          directory + " is a store of version " + version.group(1),
          "this program reads version " + Layout.VERSION + " and older: start a newer program");
    }
  }

  private static void checkEmpty(Disk disk, Path directory) throws IOException {
    List<Path> files = disk.list(directory);
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      if (!BEFORE.contains(name)) {
        throw new StoreFault(
            StoreFault.Kind.FOREIGN,
            directory + " is not a store, and not empty: it holds \"" + name + "\"",
            "choose an empty folder, or restore the missing FORMAT file from a backup");
      }
    }
  }

  private static String hex(int sum) {
    return String.format(Locale.ROOT, "%08x", sum);
  }

  private static int sum(String content) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
    return (int) crc.getValue();
  }
}
