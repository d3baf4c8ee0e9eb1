package cloud.bevy.testing.interop;

import cloud.bevy.hyper.core.Append;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Place;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.testing.peers.Content;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What can be asked of a core: the same as `lib/cores.mjs` answers.
final class CoreCommands {
  private static final int BATCH = 100;
  private static final long STEP_MILLIS = 5;

  private final Holdings holdings;

  CoreCommands(Holdings holdings) {
    this.holdings = holdings;
  }

  Map<String, Command> all() {
    return Map.ofEntries(
        Map.entry("core.open", this::open),
        Map.entry("core.info", request -> describe(core(request))),
        Map.entry("core.append", this::append),
        Map.entry("core.fill", this::fill),
        Map.entry("core.check", this::check),
        Map.entry("core.get", this::get),
        Map.entry("core.has", this::has),
        Map.entry("core.seek", this::seek),
        Map.entry("core.truncate", this::truncate),
        Map.entry("core.clear", this::clear),
        Map.entry("core.download", this::download),
        Map.entry("core.update", this::update),
        Map.entry("core.await", this::await));
  }

  static Map<String, Object> describe(Core core) {
    Map<String, Object> said = new HashMap<>();
    said.put("key", HexFormat.of().formatHex(core.key()));
    said.put("writable", core.writable());
    said.put("length", core.length());
    said.put("byteLength", core.byteLength());
    said.put("fork", core.fork());
    said.put("contiguous", core.replica().contiguous());
    said.put("rootHash", core.length() == 0 ? null : HexFormat.of().formatHex(core.rootHash()));
    return said;
  }

  private Core core(Request request) {
    return holdings.thing(request.text("of"), Core.class);
  }

  private Object open(Request request) {
    Optional<byte[]> key = request.bytes("key");
    Core core =
        key.isPresent()
            ? holdings.remote(key.get())
            : holdings.corestore.core(request.text("name"));
    request.bytes("encryption").ifPresent(core::encryptedWith);
    return describe(holdings.keep(request.text("as"), core));
  }

  private Object append(Request request) throws Exception {
    List<byte[]> blocks = new ArrayList<>();
    for (JsonNode block : request.field("blocks")) {
      blocks.add(Base64.getDecoder().decode(block.asText()));
    }
    core(request).append(blocks).ticket().await(Holdings.PATIENCE);
    return describe(core(request));
  }

  private Object fill(Request request) throws Exception {
    Core core = core(request);
    int to = request.small("to");
    List<Append> appends = new ArrayList<>();
    for (int at = request.small("from"); at < to; at += BATCH) {
      int end = Math.min(at + BATCH, to);
      appends.add(
          core.append(Content.blocks(request.small("seed"), at, end, request.small("size"))));
    }
    appends.getLast().ticket().await(Holdings.PATIENCE);
    return describe(core);
  }

  private Object check(Request request) throws Exception {
    Core core = core(request);
    int to = request.small("to");
    int same = 0;
    try (var _ = core.download(request.small("from"), to)) {
      for (int at = request.small("from"); at < to; at++) {
        byte[] expected = Content.block(request.small("seed"), at, request.small("size"));
        if (read(core, at, Holdings.PATIENCE)
            .filter(it -> Arrays.equals(it, expected))
            .isPresent()) {
          same++;
        }
      }
    }
    return Map.of("same", same);
  }

  private Object get(Request request) throws Exception {
    Duration time = Duration.ofMillis(request.number("timeout", Holdings.PATIENCE.toMillis()));
    Optional<byte[]> block = read(core(request), request.number("index"), time);
    if (block.isEmpty() && !request.flag("orNothing")) {
      throw new IllegalStateException("block " + request.number("index") + " did not come");
    }
    return Collections.singletonMap(
        "block", block.map(Base64.getEncoder()::encodeToString).orElse(null));
  }

  private static Optional<byte[]> read(Core core, long index, Duration time) throws Exception {
    return switch (core.read(index, time)) {
      case BlockLookup.Found found -> {
        byte[] bytes = new byte[found.bytes().remaining()];
        found.bytes().get(bytes);
        yield Optional.of(bytes);
      }
      case BlockLookup.Missing _ -> Optional.empty();
      case BlockLookup.Corrupt corrupt -> throw new IllegalStateException(corrupt.toString());
    };
  }

  private Object has(Request request) {
    Core core = core(request);
    for (long index = request.number("from"); index < request.number("to"); index++) {
      if (!core.has(index)) {
        return Map.of("has", false);
      }
    }
    return Map.of("has", true);
  }

  private Object seek(Request request) throws Exception {
    Place place = core(request).seek(request.number("offset"), Holdings.PATIENCE).orElseThrow();
    return Map.of("index", place.index(), "offset", place.offset());
  }

  private Object truncate(Request request) throws Exception {
    core(request).truncate(request.number("length")).await(Holdings.PATIENCE);
    return describe(core(request));
  }

  private Object clear(Request request) throws Exception {
    core(request).clear(request.number("from"), request.number("to")).await(Holdings.PATIENCE);
    return describe(core(request));
  }

  private Object download(Request request) throws Exception {
    Core core = core(request);
    long from = request.number("from", 0);
    long end = request.number("to", -1);
    long to = end < 0 ? Long.MAX_VALUE : end;
    if (!request.field("wait").asBoolean(true)) {
      holdings.keep("download of " + request.text("of"), core.download(from, to));
      return describe(core);
    }
    try (var _ = core.download(from, to)) {
      until(() -> contiguous(core, from, to), Duration.ofMinutes(4));
    }
    return describe(core);
  }

  private static boolean contiguous(Core core, long from, long to) {
    if (from == 0) {
      return core.replica().contiguous() >= to;
    }
    for (long index = from; index < to; index++) {
      if (!core.has(index)) {
        return false;
      }
    }
    return true;
  }

  private Object update(Request request) throws Exception {
    core(request).update(Holdings.PATIENCE);
    return describe(core(request));
  }

  private Object await(Request request) throws Exception {
    Core core = core(request);
    long length = request.number("length", 0);
    long contiguous = request.number("contiguous", 0);
    long fork = request.number("fork", 0);
    core.update(Holdings.PATIENCE);
    until(
        () ->
            core.length() >= length
                && core.fork() >= fork
                && core.replica().contiguous() >= contiguous,
        Holdings.PATIENCE);
    return describe(core);
  }

  private static void until(BooleanSupplier there, Duration patience) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!there.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited in vain");
      }
      Thread.sleep(STEP_MILLIS);
    }
  }
}
