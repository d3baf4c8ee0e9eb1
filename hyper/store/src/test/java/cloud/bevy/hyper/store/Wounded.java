package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// A store with several cores in several segments, of which it is known where everything stands,
/// and that is damaged and made whole again.
final class Wounded {
  /// An index that no core has reached.
  static final long BEYOND = 1 << 20;

  private static final StoreLimits LIMITS =
      new StoreLimits(160 << 10, 100_000, 8 << 20, 4, 4, Duration.ofSeconds(10));
  private static final int CORES = 3;
  private static final CoreId SPARSE = Model.id(100);
  private static final long SPARSE_LENGTH = 4000;
  private static final int GROUPS = 100;
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final World world;
  private final Path pristine;
  private final Path folder;
  private final Model model = new Model();
  private final Map<Path, List<Placed>> frames = new HashMap<>();

  /// Where the frame of a block, a tree node or a head is that counts.
  private final Map<String, Placed> places = new HashMap<>();

  /// Bytes of a file.
  record Spot(long from, long to) {
    boolean meets(Spot other) {
      return from < other.to && other.from < to;
    }
  }

  /// A frame.
  private record Placed(Path file, Spot spot, byte kind, int core, long index) {}

  private Wounded(World world, Path folder) {
    this.world = world;
    this.pristine = folder.resolve("pristine");
    this.folder = folder.resolve("store");
  }

  static Wounded fill(World world, Path folder) throws Exception {
    Wounded wounded = new Wounded(world, folder);
    SplittableRandom random = new SplittableRandom(131);
    try (Store store = Store.open(world, wounded.pristine, LIMITS)) {
      for (int group = 0; group < GROUPS; group++) {
        Batch batch = new Batch();
        int largest = group % 20 == 7 ? 60_000 : 4_000;
        Model.Target target =
            new Model.Target(store, batch, Model.id(group % CORES == 2 ? group % 9 : group % 2));
        wounded.model.append(random, target, 2, largest);
        if (group % 4 == 3) {
          wounded.scatter(random, store, batch);
        }
        store.submit(batch).await(DEADLINE);
      }
    }
    wounded.map();
    wounded.copy();
    return wounded;
  }

  /// Blocks here and there, as replication puts them: the index becomes pairs, to be searched.
  private void scatter(SplittableRandom random, Store store, Batch batch) {
    Model.Expected expected =
        model.cores.computeIfAbsent(SPARSE, id -> new Model.Expected(Model.header(id)));
    StoredCore core = Model.handle(store, SPARSE);
    if (expected.head.length() == 0) {
      expected.head = new Head(SPARSE_LENGTH, 1, 0, new byte[32], new byte[64]);
      batch.head(core, expected.head);
    }
    for (int i = 0; i < 12; i++) {
      long index = random.nextLong(SPARSE_LENGTH);
      byte[] content = Model.content(random, index, 50);
      if (expected.blocks.putIfAbsent(index, content) == null) {
        batch.block(core, index, ByteBuffer.wrap(content));
      }
    }
  }

  private void map() throws IOException {
    Layout layout = new Layout(pristine);
    long id = FormatFile.open(world, layout);
    for (Path file : list("segments", Layout.SEGMENT_SUFFIX)) {
      int number = Layout.number(file, Layout.SEGMENT_SUFFIX);
      List<Placed> found = new ArrayList<>();
      Map<Integer, CoreId> names = new HashMap<>();
      try (DiskFile open = world.disk().open(pristine.resolve(file), Disk.Mode.READ)) {
        SegmentScan scan = new SegmentScan(open, id, number);
        SegmentScan.Met met;
        for (long at = Layout.SEGMENT_HEADER; (met = scan.frame(at)) != null; at = met.end()) {
          Frame.Header header = met.header();
          Placed placed =
              new Placed(
                  file, new Spot(at, met.end()), header.kind(), header.core(), header.index());
          found.add(placed);
          if (header.kind() == Frame.CORE) {
            names.put(header.core(), CoreId.read(met.content()));
          } else if (header.kind() <= Frame.HEAD) {
            long index = header.kind() == Frame.HEAD ? 0 : header.index();
            places.put(key(names.get(header.core()), header.kind(), index), placed);
          }
        }
      }
      frames.put(file, found);
    }
    assertThat(frames).hasSizeGreaterThan(3);
    assertThat(names(segments().getLast(), 1)).as("names of the first core").hasSizeGreaterThan(1);
  }

  private static String key(CoreId core, byte kind, long index) {
    return core + " " + kind + " " + index;
  }

  private List<Path> list(String directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(pristine.resolve(directory))) {
      return files
          .filter(file -> Layout.number(file, suffix) > 0)
          .map(pristine::relativize)
          .sorted()
          .toList();
    }
  }

  /// The last segment that is sealed.
  Path lastSealed() throws IOException {
    return list("segments", Layout.SEGMENT_SUFFIX).reversed().get(1);
  }

  /// The first segment, which is sealed, and the last, which is not.
  List<Path> segments() throws IOException {
    List<Path> all = list("segments", Layout.SEGMENT_SUFFIX);
    return List.of(all.getFirst(), all.getLast());
  }

  List<Path> checkpoints() throws IOException {
    return list("checkpoints", Layout.CHECKPOINT_SUFFIX);
  }

  long size(Path file) throws IOException {
    return Files.size(pristine.resolve(file));
  }

  Set<CoreId> cores() {
    return model.cores.keySet();
  }

  /// The first and the last frame of a kind in a segment.
  List<Spot> spots(Path segment, byte kind) {
    List<Spot> all =
        frames.get(segment).stream().filter(f -> f.kind == kind).map(Placed::spot).toList();
    return all.size() < 2 ? all : List.of(all.getFirst(), all.getLast());
  }

  private List<Spot> names(Path segment, int core) {
    return frames.get(segment).stream()
        .filter(frame -> frame.kind == Frame.CORE && frame.core == core)
        .map(Placed::spot)
        .toList();
  }

  /// Changes every byte of a part of a file.
  Spot hurt(Path file, long at, int size) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    int to = (int) Math.min(bytes.length, at + size);
    SplittableRandom random = new SplittableRandom(at + size);
    for (int i = (int) at; i < to; i++) {
      bytes[i] ^= (byte) random.nextInt(1, 256);
    }
    Files.write(folder.resolve(file), bytes);
    return new Spot(at, to);
  }

  Store open() {
    return Store.open(world, folder, LIMITS);
  }

  /// Makes all files what they were.
  void heal() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    copy();
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.walk(pristine)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(pristine.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  /// Whether a block that was not hit lies behind the head that the core has.
  boolean isBehind(StoredCore core) {
    return model.cores.get(core.id()).blocks.tailMap(core.head().length()).keySet().stream()
        .anyMatch(core::has);
  }

  /// Whether the core's head is the last one.
  boolean isWhole(StoredCore core) {
    return core.head().equals(model.cores.get(core.id()).head);
  }

  /// Compares what the store has with what was written.
  ///
  /// @return how much is lost
  long check(Store store, Path file, Spot hit, String where) {
    long[] lost = {0};
    model.cores.forEach((id, expected) -> {
      StoredCore core = store.find(id).orElse(null);
      if (core == null) {
        assertThat(isHit(key(id, Frame.HEAD, 0), file, hit)).as(id + " is gone: " + where).isTrue();
        lost[0]++;
        return;
      }
      if (!isWhole(core)) {
        assertThat(isHit(key(id, Frame.HEAD, 0), file, hit)).as("head, " + where).isTrue();
        lost[0]++;
      }
      expected.blocks.forEach((index, content) -> {
        boolean mayBeLost = isHit(key(id, Frame.BLOCK, index), file, hit);
        if (core.block(index) instanceof BlockLookup.Found found) {
          assertThat(found.toArray()).isEqualTo(content);
        } else {
          assertThat(mayBeLost).as(core.block(index) + " of " + id + ": " + where).isTrue();
          lost[0]++;
        }
      });
      expected.nodes.forEach((index, node) -> {
        Optional<TreeNode> found = core.node(index);
        if (found.isPresent()) {
          assertThat(found.get()).isEqualTo(node);
        } else {
          boolean mayBeLost = isHit(key(id, Frame.NODE, index), file, hit);
          assertThat(mayBeLost).as("node " + index + " of " + id + ": " + where).isTrue();
          lost[0]++;
        }
      });
    });
    return lost[0];
  }

  private boolean isHit(String key, Path file, Spot hit) {
    Placed placed = places.get(key);
    return placed.file.equals(file)
        && (placed.spot.meets(hit) || isNameless(placed, hit) || isTorn(placed.spot, file, hit));
  }

  /// Whether a frame is in what looks like a group that a crash has cut short: nothing whole comes
  /// after it.
  boolean isTorn(Spot spot, Path file, Spot hit) {
    List<Placed> all = frames.getOrDefault(file, List.of());
    if (all.isEmpty() || all.getLast().kind == Frame.INDEX) {
      return false;
    }
    long begins = Layout.SEGMENT_HEADER;
    long torn = begins;
    boolean hurt = false;
    for (Placed frame : all) {
      hurt |= frame.spot.meets(hit);
      if (frame.kind == Frame.COMMIT && !frame.spot.meets(hit)) {
        torn = hurt ? begins : frame.spot.to;
        begins = frame.spot.to;
        hurt = false;
      }
    }
    return spot.from >= torn;
  }

  /// Whether all frames that name a frame's core in the active segment were hit: of the others the
  /// checkpoint knows what they have.
  private boolean isNameless(Placed placed, Spot hit) {
    return frames.get(placed.file).stream()
            .noneMatch(frame -> frame.kind == Frame.INDEX && !frame.spot.meets(hit))
        && frames.get(placed.file).stream()
            .filter(frame -> frame.kind == Frame.CORE && frame.core == placed.core)
            .allMatch(frame -> frame.spot.meets(hit));
  }
}
