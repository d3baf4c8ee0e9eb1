package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/// What a cloud's indexes are called beside the names of their tables, and how those will be that
/// are made later: a bee of the cloud. Nothing is on disk while there is neither.
public final class SearchNames {
  /// The most aliases of a cloud.
  public static final int MOST_ALIASES = 1000;

  /// The most templates of a cloud.
  public static final int MOST_TEMPLATES = 100;

  /// The most bytes of a template.
  public static final int LONGEST_TEMPLATE = 64 << 10;

  private static final String BEE = "search";
  private static final String ALIAS = "alias:";
  private static final String TEMPLATE = "template:";
  private static final byte FORM = '1';

  private final Cloud cloud;
  private final Bee bee;

  SearchNames(Cloud cloud) {
    this.cloud = cloud;
    bee = cloud.bee(BEE);
  }

  /// The alias of that name.
  public Optional<Alias> alias(String name) {
    return bee.now().get(key(ALIAS, name)).map(entry -> Alias.read(name, entry.value()));
  }

  /// All aliases in the order of their names.
  public List<Alias> aliases() {
    List<Alias> aliases = new ArrayList<>();
    entries(ALIAS).forEach((name, bytes) -> aliases.add(Alias.read(name, bytes)));
    return aliases;
  }

  /// Changes aliases, all of it at once; durable when this returns.
  ///
  /// @param change given all aliases by name; those that it leaves without members are no more
  /// @throws SearchRefusal if there are too many then
  public void change(UnaryOperator<Map<String, Alias>> change) {
    Ticket ticket;
    try (BeeBatch batch = bee.batch()) {
      Map<String, Alias> before = new LinkedHashMap<>();
      BeeCursor cursor = batch.range(Range.prefix(bytes(ALIAS)));
      while (cursor.hasNext()) {
        BeeEntry entry = cursor.next();
        String name = name(ALIAS, entry.key());
        before.put(name, Alias.read(name, entry.value()));
      }
      Map<String, Alias> after = change.apply(new LinkedHashMap<>(before));
      if (after.size() > MOST_ALIASES) {
        throw SearchRefusal.illegal("a cloud has at most " + MOST_ALIASES + " aliases");
      }
      for (Alias alias : before.values()) {
        if (!after.containsKey(alias.name())) {
          batch.delete(key(ALIAS, alias.name()));
        }
      }
      for (Alias alias : after.values()) {
        if (alias.members().isEmpty()) {
          batch.delete(key(ALIAS, alias.name()));
        } else if (!alias.equals(before.get(alias.name()))) {
          batch.put(key(ALIAS, alias.name()), alias.bytes());
        }
      }
      ticket = batch.commit();
    }
    cloud.durable(ticket);
  }

  /// The templates by name, in order: JSON, as whoever gave them knows.
  public SequencedMap<String, byte[]> templates() {
    SequencedMap<String, byte[]> templates = new LinkedHashMap<>();
    entries(TEMPLATE)
        .forEach((name, bytes) -> templates.put(name, Arrays.copyOfRange(bytes, 1, bytes.length)));
    return templates;
  }

  /// Keeps a template; durable when this returns.
  ///
  /// @throws SearchRefusal if it is too long, or there are too many
  public void putTemplate(String name, byte[] json) {
    if (json.length > LONGEST_TEMPLATE) {
      throw SearchRefusal.illegal("a template has at most " + LONGEST_TEMPLATE + " bytes");
    }
    byte[] value = new byte[json.length + 1];
    value[0] = FORM;
    System.arraycopy(json, 0, value, 1, json.length);
    Ticket ticket;
    try (BeeBatch batch = bee.batch()) {
      boolean more = batch.get(key(TEMPLATE, name)).isEmpty();
      if (more && count(batch.range(Range.prefix(bytes(TEMPLATE)))) >= MOST_TEMPLATES) {
        throw SearchRefusal.illegal("a cloud has at most " + MOST_TEMPLATES + " templates");
      }
      batch.put(key(TEMPLATE, name), value);
      ticket = batch.commit();
    }
    cloud.durable(ticket);
  }

  private static int count(BeeCursor cursor) {
    int count = 0;
    while (cursor.hasNext()) {
      cursor.next();
      count++;
    }
    return count;
  }

  /// Forgets a template; durable when this returns.
  public void removeTemplate(String name) {
    cloud.durable(bee.delete(key(TEMPLATE, name)));
  }

  private SequencedMap<String, byte[]> entries(String prefix) {
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    BeeCursor cursor = bee.now().range(Range.prefix(bytes(prefix)));
    while (cursor.hasNext()) {
      BeeEntry entry = cursor.next();
      entries.put(name(prefix, entry.key()), entry.value());
    }
    return entries;
  }

  private static byte[] key(String prefix, String name) {
    return bytes(prefix + name);
  }

  private static String name(String prefix, byte[] key) {
    return new String(key, StandardCharsets.UTF_8).substring(prefix.length());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
