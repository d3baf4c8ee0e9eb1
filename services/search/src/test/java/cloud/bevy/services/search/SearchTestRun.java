package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.Key;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.Tables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A machine with one cloud and the search of its tables, whose partition key is `p`.
final class SearchTestRun implements AutoCloseable {
  static final String TABLE = "notes";
  static final KeySchema KEYS = new KeySchema(new KeyAttribute("p", KeyType.S), null);

  private final Clouds clouds;
  private final Lease lease;
  private final Indexes indexes;

  SearchTestRun(World world, Path home, SearchLimits limits) {
    this(world, home, limits, false);
  }

  private SearchTestRun(World world, Path home, SearchLimits limits, boolean following) {
    clouds = Clouds.open(world, home, CloudLimits.defaults());
    clouds.create("test");
    indexes = new Indexes(world, home.resolve("search"), limits);
    if (following) {
      indexes.followIn(clouds);
    }
    lease = clouds.open("test").orElseThrow();
  }

  /// One whose indexes follow by themselves.
  static SearchTestRun following(World world, Path home, SearchLimits limits) {
    return new SearchTestRun(world, home, limits, true);
  }

  static SearchTestRun real(World world, Path home) {
    return new SearchTestRun(world, home, SearchLimits.defaults());
  }

  Clouds clouds() {
    return clouds;
  }

  Cloud cloud() {
    return lease.cloud();
  }

  Indexes indexes() {
    return indexes;
  }

  Search search() {
    return indexes.of(cloud());
  }

  /// Lets go of the cloud, which then may sleep.
  void leave() {
    lease.close();
  }

  Table create(String name, SearchDefinition definition) {
    Tables.of(cloud()).create(TableDefinition.of(name, KEYS).withTags(definition.tags()));
    return table(name);
  }

  Table create(String text) {
    return create(TABLE, definition("text", text));
  }

  Table table(String name) {
    return Tables.of(cloud()).table(name);
  }

  Table table() {
    return table(TABLE);
  }

  /// A definition of kinds and the names of fields, one after the other.
  static SearchDefinition definition(String... kindsAndNames) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < kindsAndNames.length; i += 2) {
      tags.put(SearchDefinition.TAG + kindsAndNames[i], kindsAndNames[i + 1]);
    }
    return SearchDefinition.of(tags).orElseThrow();
  }

  static Key key(String p) {
    return new Key(AttributeValue.text(p), null);
  }

  /// An item of JSON.
  static Item item(String json) {
    return PlainItems.item(tree(json));
  }

  static Map<String, @Nullable Object> tree(String json) {
    return JsonTree.object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  void put(String json) {
    table().put(item(json), null);
  }

  SearchAnswer search(String json) {
    return search().search(TABLE, SearchRequest.of(tree(json)));
  }

  /// The ids of the items that a query in JSON finds, in order.
  List<String> ids(String query) {
    return ids(search("{'query': " + query + ", 'size': 100}"));
  }

  /// The same in Lucene's syntax.
  List<String> lucene(String query) {
    return ids(search().search(TABLE, SearchRequest.lucene(query).size(100)));
  }

  static List<String> ids(SearchAnswer answer) {
    List<String> ids = new ArrayList<>();
    answer.hits().forEach(hit -> ids.add(hit.id()));
    return ids;
  }

  @Override
  public void close() {
    lease.close();
    clouds.close();
  }
}
