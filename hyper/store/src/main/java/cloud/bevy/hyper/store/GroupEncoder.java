package cloud.bevy.hyper.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes a group as frames, and makes the same of what is in memory once the frames are durable.
/// Of the heads a core gets in one group only those are written that cut, and the last.
final class GroupEncoder {
  /// How far behind the frame that names a core it is named for the second time ...
  static final int NEAR = 4 << 10;

  /// ... and for each further time: then damage of that size can hit all of them no more.
  static final int FAR = 128 << 10;

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final LogWriter log;
  private final Group group;
  private final List<Relocation> relocations;
  private final Map<CoreState, Naming> namings = new LinkedHashMap<>();
  private final long[] places;
  private final List<long[]> relocated = new ArrayList<>();
  private int lastName;

  /// What the frames written so far say of a core.
  private static final class Naming {
    int name;
    boolean exists;
    Head head;
    @Nullable Head deferred;
    long namedAt;
    int namings;
    boolean began;

    Naming(CoreState state) {
      this.name = state.local;
      this.namedAt = state.namedAt;
      this.namings = state.namings;
      this.began = state.began;
      this.exists = state.header != null;
      this.head = state.head;
    }
  }

  GroupEncoder(LogWriter log, int lastName, Group group, List<Relocation> relocations) {
    this.log = log;
    this.lastName = lastName;
    this.group = group;
    this.relocations = relocations;
    this.places = new long[group.changes().size()];
  }

  /// The highest number that a core has in the segment.
  int lastName() {
    return lastName;
  }

  /// Where the group ends once it is written.
  long end() {
    return log.end();
  }

  /// Writes all frames but the one that ends the group.
  void write() throws IOException {
    for (Relocation relocation : relocations) {
      write(relocation);
    }
    List<Change> changes = group.changes();
    for (int i = 0; i < places.length; i++) {
      places[i] = write(changes.get(i));
    }
    for (Naming naming : namings.values()) {
      writeDeferred(naming);
    }
  }

  /// Makes durable in memory what is durable on the disk. Called under the lock.
  ///
  /// @return how many cores there are more than before
  long apply() {
    for (int i = 0; i < relocations.size(); i++) {
      Relocation relocation = relocations.get(i);
      long[] to = relocated.get(i);
      for (int j = 0; j < to.length; j++) {
        relocation.sequence.put(relocation.items.get(j).key(), to[j]);
      }
      relocation.sequence.moved(relocation.run, relocation.to);
    }
    long more = 0;
    for (int i = 0; i < places.length; i++) {
      more += apply(group.changes().get(i), places[i]);
    }
    namings.forEach((state, naming) -> {
      state.local = naming.name;
      state.namedAt = naming.namedAt;
      state.namings = naming.namings;
      state.began = naming.began;
    });
    return more;
  }

  private long write(Change change) throws IOException {
    CoreState state = change.core().state();
    Naming naming = namings.computeIfAbsent(state, Naming::new);
    if (change instanceof Change.Drop) {
      return drop(change.core(), naming);
    }
    int name = name(state, naming, change.core().ownHeader());
    return switch (change) {
      case Change.PutBlock put -> log.append(Frame.BLOCK, name, put.index(), put.value());
      case Change.PutNode put -> log.append(name, put.node());
      case Change.Clear clear -> {
        ByteBuffer to = Frame.allocate(Long.BYTES).putLong(0, clear.to());
        yield log.append(Frame.CLEAR, name, clear.from(), to);
      }
      case Change.SetHead set -> head(naming, set.head());
      case Change.Drop drop -> 0;
    };
  }

  private void write(Relocation relocation) throws IOException {
    CoreState state = relocation.state;
    Naming naming = namings.computeIfAbsent(state, Naming::new);
    long[] to = new long[relocation.items.size()];
    for (int i = 0; i < to.length; i++) {
      Relocation.Item item = relocation.items.get(i);
      byte[] header = Objects.requireNonNull(state.header, "a core that has blocks exists");
      int name = name(state, naming, header);
      to[i] = log.append(relocation.kind, name, item.index(), item.payload());
    }
    relocated.add(to);
  }

  private int name(CoreState state, Naming naming, byte[] header) throws IOException {
    if (naming.name == 0 || !naming.exists) {
      naming.began = !naming.exists;
      naming.name = ++lastName;
      naming.exists = true;
      naming.namings = 0;
      long begins = naming.began ? Frame.BEGINS : 0;
      name(naming, begins, state.id, naming.began ? header : new byte[0]);
    } else if (log.end() - naming.namedAt >= (naming.namings == 1 ? NEAR : FAR)) {
      name(naming, naming.began ? Frame.BEGAN : 0, state.id, header);
    }
    return naming.name;
  }

  private void name(Naming naming, long begins, CoreId id, byte[] header) throws IOException {
    ByteBuffer content = Frame.allocate(CoreId.BYTES + header.length);
    content.put(id.bytes()).put(header);
    naming.namedAt = log.end();
    naming.namings++;
    log.append(Frame.CORE, naming.name, begins, content.flip());
  }

  private long head(Naming naming, Head head) throws IOException {
    if (head.length() < naming.head.length()) {
      writeDeferred(naming);
      writeHead(naming, head);
    } else {
      naming.deferred = head;
    }
    naming.head = head;
    return 0;
  }

  private long drop(StoredCore core, Naming naming) throws IOException {
    if (naming.exists) {
      int name = name(core.state(), naming, core.ownHeader());
      log.append(Frame.DROP, name, 0, EMPTY);
    }
    naming.name = 0;
    naming.exists = false;
    naming.head = Head.empty();
    naming.deferred = null;
    return 0;
  }

  private void writeDeferred(Naming naming) throws IOException {
    if (naming.deferred != null) {
      writeHead(naming, naming.deferred);
      naming.deferred = null;
    }
  }

  private void writeHead(Naming naming, Head head) throws IOException {
    ByteBuffer content = Frame.allocate(CoreRecord.encoded(head));
    CoreRecord.writeHead(content, head);
    log.append(Frame.HEAD, naming.name, head.length(), content.flip());
  }

  private static long apply(Change change, long place) {
    CoreState state = change.core().state();
    boolean existed = state.header != null;
    if (change instanceof Change.Drop) {
      state.drop();
      return existed ? -1 : 0;
    }
    if (!existed) {
      state.header = change.core().ownHeader();
    }
    switch (change) {
      case Change.PutBlock put -> state.blocks.put(put.index(), place);
      case Change.PutNode put -> state.nodes.put(TreeNode.position(put.node().index()), place);
      case Change.Clear clear -> state.blocks.remove(clear.from(), clear.to());
      case Change.SetHead set -> state.setHead(set.head());
      case Change.Drop drop -> state.drop();
    }
    return existed ? 0 : 1;
  }
}
