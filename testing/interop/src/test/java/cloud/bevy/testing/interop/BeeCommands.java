package cloud.bevy.testing.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeChange;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.History;
import cloud.bevy.hyper.bee.Range;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be asked of a bee: the same as `lib/bees.mjs` answers.
final class BeeCommands {
  private final Holdings holdings;

  BeeCommands(Holdings holdings) {
    this.holdings = holdings;
  }

  Map<String, Command> all() {
    return Map.of(
        "bee.open", this::open,
        "bee.info", request -> about(bee(request)),
        "bee.update", this::update,
        "bee.batch", this::batch,
        "bee.get", this::get,
        "bee.range", this::range,
        "bee.history", this::history,
        "bee.diff", this::differences);
  }

  private static Object about(Bee bee) {
    Map<String, Object> said = CoreCommands.describe(bee.core());
    said.put("version", bee.version());
    return said;
  }

  private Bee bee(Request request) {
    return holdings.thing(request.text("of"), Bee.class);
  }

  private BeeView view(Request request) {
    Bee bee = bee(request);
    return request.maybeNumber("version").isPresent()
        ? bee.at(request.number("version"))
        : bee.now();
  }

  private Object open(Request request) {
    Optional<byte[]> key = request.bytes("key");
    Bee bee =
        key.isPresent()
            ? Bee.remote(holdings.world, holdings.remote(key.get()), holdings.cache)
            : Bee.on(holdings.world, holdings.corestore.core(request.text("name")), holdings.cache);
    return about(holdings.keep(request.text("as"), bee));
  }

  private Object update(Request request) throws Exception {
    bee(request).update(Holdings.PATIENCE);
    return about(bee(request));
  }

  private Object batch(Request request) throws Exception {
    try (BeeBatch batch = bee(request).batch()) {
      for (JsonNode operation : request.field("operations")) {
        if (operation.has("put")) {
          batch.put(bytes(operation, "put"), bytes(operation, "value"));
        } else {
          batch.delete(bytes(operation, "del"));
        }
      }
      batch.commit().await(Holdings.PATIENCE);
    }
    return about(bee(request));
  }

  private Object get(Request request) {
    Optional<BeeEntry> found = view(request).get(request.text("key").getBytes(UTF_8));
    return Collections.singletonMap("entry", told(found));
  }

  private Object range(Request request) {
    Range range = range(request.field("range"));
    JsonNode options = request.field("options");
    if (options.path("reverse").asBoolean()) {
      range = range.reverse();
    }
    range = range.limit(options.path("limit").asLong(Long.MAX_VALUE));
    List<Object> entries = new ArrayList<>();
    view(request).range(range).forEachRemaining(entry -> entries.add(told(Optional.of(entry))));
    return Map.of("entries", entries);
  }

  private static Range range(JsonNode bounds) {
    Range range = Range.all();
    for (Iterator<String> names = bounds.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      byte[] key = bytes(bounds, name);
      range =
          switch (name) {
            case "gt" -> range.gt(key);
            case "gte" -> range.gte(key);
            case "lt" -> range.lt(key);
            case "lte" -> range.lte(key);
            default -> throw new IllegalArgumentException(name);
          };
    }
    return range;
  }

  private Object history(Request request) {
    List<Object> entries = new ArrayList<>();
    for (Iterator<BeeChange> all = bee(request).history(History.all()); all.hasNext(); ) {
      entries.add(told(Optional.of(all.next().entry())));
    }
    return Map.of("entries", entries);
  }

  private Object differences(Request request) {
    List<Object> entries = new ArrayList<>();
    bee(request)
        .differences(request.number("other"), request.number("version"), Range.all())
        .forEachRemaining(one -> {
          Map<String, Object> difference = new HashMap<>();
          difference.put("left", told(one.after()));
          difference.put("right", told(one.before()));
          entries.add(difference);
        });
    return Map.of("entries", entries);
  }

  private static @Nullable Object told(Optional<BeeEntry> entry) {
    return entry
        .map(it ->
            Map.of(
                "seq", it.sequence(),
                "key", new String(it.key(), UTF_8),
                "value", new String(it.value(), UTF_8)))
        .orElse(null);
  }

  private static byte[] bytes(JsonNode fields, String name) {
    return fields.get(name).asText().getBytes(UTF_8);
  }
}
