package cloud.bevy.bench;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.Search;
import cloud.bevy.services.search.SearchDefinition;
import cloud.bevy.services.search.SearchLimits;
import cloud.bevy.services.search.SearchRefusal;
import cloud.bevy.services.search.SearchRequest;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.TableWrite;
import cloud.bevy.services.tables.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.QueryBuilder;

/// The search of a table beside Lucene alone, in one process: the same short documents, the same
/// queries of two words, ten hits with all they say. `bench/run search [DOCUMENTS [QUERIES]]`.
public final class SearchBench {
  private static final String TABLE = "notes";
  private static final String TITLE = "title";
  private static final int WORDS = 50_000;
  private static final int WORDS_OF_A_DOCUMENT = 10;
  private static final int BATCH = 1000;
  private static final int COMMON = 200;

  private final int documents;
  private final int queries;

  private SearchBench(int documents, int queries) {
    this.documents = documents;
    this.queries = queries;
  }

  /// Runs the comparison.
  ///
  /// @param arguments how many documents, how many queries
  public static void main(String[] arguments) throws Exception {
    int documents = Integer.parseInt(arguments[0]);
    SearchBench bench = new SearchBench(documents, Integer.parseInt(arguments[1]));
    Path folder = Files.createTempDirectory("search-bench");
    System.out.printf(Locale.ROOT, "%,d documents of ten words%n", documents);
    bench.lucene(folder.resolve("lucene"));
    bench.table(folder.resolve("bevy"));
  }

  /// Something that answers a query.
  private interface Searcher {
    int search(String words) throws IOException;
  }

  private static String word(Random random) {
    // Few words are common and most are rare, as in a language.
    double share = Math.pow(random.nextDouble(), 3);
    return "w" + Integer.toString((int) (share * WORDS), 36);
  }

  private static String text(Random random) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < WORDS_OF_A_DOCUMENT; i++) {
      words.add(word(random));
    }
    return String.join(" ", words);
  }

  private void lucene(Path folder) throws IOException {
    Random random = new Random(5);
    long begun = System.nanoTime();
    try (MMapDirectory directory = new MMapDirectory(folder);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      for (int i = 0; i < documents; i++) {
        Document document = new Document();
        document.add(new TextField(TITLE, text(random), Field.Store.YES));
        document.add(new StoredField("p", "p" + i));
        writer.addDocument(document);
      }
      writer.commit();
      say("Lucene: indexed", begun);
      try (DirectoryReader reader = DirectoryReader.open(writer)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        StoredFields stored = reader.storedFields();
        QueryBuilder builder = new QueryBuilder(writer.getAnalyzer());
        measure(
            "Lucene: searched",
            words -> {
              Query query = builder.createBooleanQuery(TITLE, words);
              int found = 0;
              for (ScoreDoc hit : searcher.search(query, 10).scoreDocs) {
                found += stored.document(hit.doc).getFields().size();
              }
              return found;
            });
      }
    }
  }

  private void table(Path folder) throws IOException {
    World world = RealWorld.create(System.err);
    Indexes indexes = new Indexes(world, folder.resolve("search"), SearchLimits.defaults());
    try (Clouds clouds = Clouds.open(world, folder, CloudLimits.defaults())) {
      clouds.create("bench");
      try (Lease lease = clouds.open("bench").orElseThrow()) {
        long begun = System.nanoTime();
        load(Tables.of(lease.cloud()));
        say("table: loaded", begun);
        Search search = indexes.of(lease.cloud());
        begun = System.nanoTime();
        while (!refreshed(search)) {
          System.out.println("table: still being indexed");
        }
        say("table: indexed", begun);
        measure("table: searched", words -> search(search, words));
      }
    }
  }

  private void load(Tables tables) {
    Random random = new Random(5);
    SearchDefinition definition =
        SearchDefinition.of(Map.of(SearchDefinition.TAG + "text", TITLE)).orElseThrow();
    KeySchema keys = new KeySchema(new KeyAttribute("p", KeyType.S), null);
    tables.create(TableDefinition.of(TABLE, keys).withTags(definition.tags()));
    for (int i = 0; i < documents; i += BATCH) {
      List<TableWrite> writes = new ArrayList<>();
      for (int j = i; j < Math.min(documents, i + BATCH); j++) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("p", AttributeValue.text("p" + j));
        item.put(TITLE, AttributeValue.text(text(random)));
        writes.add(new TableWrite.Put(Item.of(item)));
      }
      tables.writeAll(Map.of(tables.table(TABLE), writes));
    }
  }

  private static boolean refreshed(Search search) {
    try {
      search.refresh(TABLE);
      return true;
    } catch (SearchRefusal later) {
      return false;
    }
  }

  private static int search(Search search, String words) {
    Map<String, Object> match = Map.of("match", Map.of(TITLE, words));
    return search.search(TABLE, SearchRequest.of(Map.of("query", match))).hits().size();
  }

  private void measure(String what, Searcher searcher) throws IOException {
    Random random = new Random(7);
    long[] took = new long[queries];
    long found = 0;
    for (int i = -queries / 2; i < queries; i++) {
      String words = word(random) + " w" + Integer.toString(random.nextInt(COMMON), 36);
      long begun = System.nanoTime();
      found += searcher.search(words);
      if (i >= 0) {
        took[i] = System.nanoTime() - begun;
      }
    }
    Arrays.sort(took);
    System.out.printf(
        Locale.ROOT,
        "%-18s p50 %.2f ms, p99 %.2f ms, worst %.2f ms (%d)%n",
        what,
        took[queries / 2] / 1e6,
        took[queries * 99 / 100] / 1e6,
        took[queries - 1] / 1e6,
        found);
  }

  private static void say(String what, long begun) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(Locale.ROOT, "%-18s in %.1f s%n", what, seconds);
  }
}
