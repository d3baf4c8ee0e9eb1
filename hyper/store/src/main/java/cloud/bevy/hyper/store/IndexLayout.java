package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is appended to the active segment to seal it: for each core that has something in it, where
/// its blocks and tree nodes are. A pure function of the segment's entries, so that it can be made
/// again from the log.
final class IndexLayout {
  /// How many runs of consecutive keys a core may have at once ...
  private static final int RUNS = 8;

  /// ... or how many keys, on average, a run must have, before its entries become pairs.
  private static final int KEYS_A_RUN = 64;

  private static final int CORE_HEADER = CoreId.BYTES + 3 * Integer.BYTES;

  private final int segment;
  private final Map<CoreState, Runs> cores = new LinkedHashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private long at;

  /// The runs that a core's entries become.
  record Runs(List<Run> blocks, List<Run> nodes) {}

  /// Entries that will stand together.
  private record Part(LongTable table, long[] keys, int from, int to, boolean sparse) {
    int bytes() {
      return (to - from) * (sparse ? Run.SPARSE_ENTRY : Run.DENSE_ENTRY);
    }
  }

  /// @param states the cores that have entries, in an order that the log decides
  /// @param start where the index's frame will begin
  IndexLayout(int segment, List<CoreState> states, long start) {
    this.segment = segment;
    this.at = start + Frame.HEADER + Integer.BYTES;
    List<List<Part>> blocks = new ArrayList<>();
    List<List<Part>> nodes = new ArrayList<>();
    for (CoreState state : states) {
      blocks.add(split(state.blocks.active()));
      nodes.add(split(state.nodes.active()));
      int runs = blocks.getLast().size() + nodes.getLast().size();
      at += CORE_HEADER + (long) runs * Run.ENCODED;
    }
    for (int i = 0; i < states.size(); i++) {
      CoreState state = states.get(i);
      cores.put(state, new Runs(place(state, blocks.get(i)), place(state, nodes.get(i))));
    }
  }

  /// What a core's entries become.
  Runs of(CoreState state) {
    return cores.getOrDefault(state, new Runs(List.of(), List.of()));
  }

  /// The frame's payload.
  ByteBuffer payload(long start) {
    ByteBuffer payload = Frame.allocate(Math.toIntExact(at - start - Frame.HEADER));
    payload.putInt(cores.size());
    for (Map.Entry<CoreState, Runs> core : cores.entrySet()) {
      CoreState state = core.getKey();
      Runs runs = core.getValue();
      payload.put(state.id.bytes()).putInt(state.local);
      payload.putInt(runs.blocks.size()).putInt(runs.nodes.size());
      runs.blocks.forEach(run -> run.write(payload));
      runs.nodes.forEach(run -> run.write(payload));
    }
    parts.forEach(part -> write(part, payload));
    return payload.flip();
  }

  /// The names of the cores in an index.
  static List<CoreId> names(ByteBuffer payload) {
    return new ArrayList<>(numbers(payload).values());
  }

  /// What an index says.
  static Map<CoreId, Runs> read(ByteBuffer payload) {
    Map<CoreId, Runs> runs = new LinkedHashMap<>();
    for (int left = payload.getInt(); left > 0; left--) {
      CoreId id = CoreId.read(payload);
      payload.getInt();
      int blocks = payload.getInt();
      int nodes = payload.getInt();
      runs.put(id, new Runs(runs(payload, blocks), runs(payload, nodes)));
    }
    return runs;
  }

  private static List<Run> runs(ByteBuffer payload, int count) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(Run.read(payload));
    }
    return runs;
  }

  /// The names of the cores in an index, by their numbers in its segment.
  static Map<Integer, CoreId> numbers(ByteBuffer payload) {
    Map<Integer, CoreId> names = new LinkedHashMap<>();
    for (int left = payload.getInt(); left > 0; left--) {
      CoreId id = CoreId.read(payload);
      names.put(payload.getInt(), id);
      int runs = payload.getInt() + payload.getInt();
      payload.position(payload.position() + runs * Run.ENCODED);
    }
    return names;
  }

  private static List<Part> split(LongTable table) {
    long[] keys = table.sortedKeys();
    List<Part> split = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= keys.length; i++) {
      if (i == keys.length || keys[i] != keys[i - 1] + 1) {
        split.add(new Part(table, keys, from, i, false));
        from = i;
      }
    }
    boolean scattered = split.size() > RUNS && keys.length / split.size() < KEYS_A_RUN;
    return scattered ? List.of(new Part(table, keys, 0, keys.length, true)) : split;
  }

  private List<Run> place(CoreState state, List<Part> split) {
    List<Run> runs = new ArrayList<>(split.size());
    for (Part part : split) {
      long first = part.keys[part.from];
      long last = part.keys[part.to - 1];
      long bytes = 0;
      for (int i = part.from; i < part.to; i++) {
        bytes += Frame.bytes(part.table.get(part.keys[i]));
      }
      int count = part.to - part.from;
      runs.add(
          new Run(segment, state.local, part.sparse, at, first, count, first, last + 1, bytes));
      parts.add(part);
      at += part.bytes();
    }
    return runs;
  }

  private static void write(Part part, ByteBuffer payload) {
    for (int i = part.from; i < part.to; i++) {
      if (part.sparse) {
        payload.putLong(part.keys[i]);
      }
      payload.putLong(part.table.get(part.keys[i]));
    }
  }
}
