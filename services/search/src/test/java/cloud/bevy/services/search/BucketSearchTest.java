package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.CustomerKey;
import cloud.bevy.services.buckets.Encryption;
import cloud.bevy.services.buckets.EventType;
import cloud.bevy.services.buckets.ObjectAccess;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectDeletion;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.Ownership;
import cloud.bevy.services.buckets.Setting;
import cloud.bevy.services.buckets.Versioning;
import cloud.bevy.services.buckets.WriteCondition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The objects of a bucket are found by what they say and what is said of them, and by nothing that
/// is not so any more.
final class BucketSearchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final World world = RealWorld.create(System.err);
  private final Path home;
  private BucketTestRun run;

  BucketSearchTest(@TempDir Path home) {
    this.home = home;
    run = BucketTestRun.real(world, home);
  }

  @AfterEach
  void close() {
    run.close();
  }

  private void restart() {
    run.close();
    run = BucketTestRun.real(world, home);
  }

  @Test
  void whatIsPutIsInTheIndexThoughNobodyAsksForMoreThanThereIs() throws Exception {
    run.put("old.md", "# Before the index");
    run.index();
    awaitDocuments(1);
    run.put("beer.md", "Beer is best at seven degrees.");
    awaitDocuments(2);
    run.delete("old.md");
    awaitDocuments(1);
    run.search().define(run.bucket(), null);
    run.put("tea.md", "Tea is best hot.");
    assertThat(run.machine().indexes().openCount()).isZero();
  }

  private void awaitDocuments(long count) throws InterruptedException {
    SearchRequest asItIs = SearchRequest.all().asItIs();
    long end = world.time().nanos() + PATIENCE.toNanos();
    while (run.search().count(run.bucket(), asItIs) != count) {
      assertThat(world.time().nanos()).as("it takes too long").isLessThan(end);
      world.tasks().sleep(Duration.ofMillis(5));
    }
  }

  @Test
  void anObjectIsFoundByItsTextItsTitleItsKeyAndItsMetadata() {
    run.index();
    run.put("notes/beer.md", "# Cold drinks\n\nBeer is best at seven degrees.");
    run.put(
        "notes/tea.txt",
        "Tea is best hot.",
        BucketTestRun.typed("text/plain", Map.of("author", "Ann Lee")));
    run.put("cat.png", "\0\0", BucketTestRun.typed("image/png", Map.of()));
    assertThat(run.keys("degrees")).containsExactly("notes/beer.md");
    assertThat(run.keys("title:cold")).containsExactly("notes/beer.md");
    assertThat(run.keys("metadata:ann")).containsExactly("notes/tea.txt");
    assertThat(run.keys("metadata.keyword:\"author=Ann Lee\"")).containsExactly("notes/tea.txt");
    assertThat(run.keys("content_type:image*")).containsExactly("cat.png");
    assertThat(run.keys("size:[1 TO 5]")).containsExactly("cat.png");
    assertThat(run.keys("last_modified:[2020-01-01 TO *]")).hasSize(3);
    assertThat(run.keys("key.keyword:notes*")).hasSize(2);
    assertThat(run.keys("format:markdown")).containsExactly("notes/beer.md");
    assertThat(run.keys("best")).hasSize(2);
  }

  @Test
  void aHitHasItsKeyItsScoreAndWhatHasMatchedAndTheTextOnlyWhereItIsNamed() {
    run.index();
    run.put("a.txt", "Cold beer, please.");
    String query = "{'query':{'match':{'text':'beer'}},'highlight':{'fields':{'text':{}}}}";
    SearchHit hit = run.search(query).hits().getFirst();
    assertThat(hit.id()).isEqualTo("a.txt");
    assertThat(hit.score()).isPositive();
    assertThat(hit.highlights()).containsEntry("text", List.of("Cold <em>beer</em>, please."));
    assertThat(hit.source()).containsEntry("key", "a.txt").containsEntry("size", 18L);
    assertThat(hit.source()).containsKeys("last_modified", "etag").doesNotContainKey("text");
    assertThat(run.search("{'_source':['text']}").hits().getFirst().source())
        .isEqualTo(Map.of("text", "Cold beer, please."));
    assertThat(SearchTestRun.ids(run.search("{'query':{'ids':{'values':['a.txt','b']}}}")))
        .containsExactly("a.txt");
  }

  @Test
  void whatIsOverwrittenOrDeletedIsFoundAsItIsNow() {
    run.index();
    run.put("a.txt", "old words");
    run.put("b.txt", "old words");
    assertThat(run.keys("old")).hasSize(2);
    run.put("a.txt", "new words");
    run.delete("b.txt");
    run.put("c.txt", "came");
    run.delete("c.txt");
    assertThat(run.keys("old")).isEmpty();
    assertThat(run.keys("new")).containsExactly("a.txt");
    assertThat(run.keys("*:*")).containsExactly("a.txt");
  }

  @Test
  void ofABucketWithVersionsThePresentOnesAreFound() {
    Bucket bucket = run.bucket();
    bucket.setVersioning(Versioning.ENABLED);
    run.index();
    run.put("a.txt", "first");
    run.put("a.txt", "second");
    assertThat(run.keys("first")).isEmpty();
    assertThat(run.keys("second")).containsExactly("a.txt");
    run.delete("a.txt");
    assertThat(run.keys("*:*")).isEmpty();
    String marker =
        bucket.find(new ObjectKey("a.txt"), Optional.empty()).orElseThrow().version().id();
    bucket.delete(
        List.of(
            new ObjectDeletion(
                new ObjectKey("a.txt"), Optional.of(marker), WriteCondition.always(), false)));
    assertThat(run.keys("second")).containsExactly("a.txt");
  }

  @Test
  void htmlAndPdfAreFoundAndWhatCannotBeReadSaysWhy() throws IOException {
    run.index();
    run.put("page", "<title>Cold</title>beer", BucketTestRun.typed("text/html", Map.of()));
    run.put("good.pdf", pdf(), ObjectAttributes.NONE, Optional.empty());
    run.put("bad.pdf", "no pdf");
    assertThat(run.keys("title:cold AND beer")).containsExactly("page");
    assertThat(run.keys("invoice")).containsExactly("good.pdf");
    BucketSearch.Status status = run.search().status(run.bucket());
    assertThat(status.objects()).isEqualTo(3);
    assertThat(status.texts()).isEqualTo(2);
    assertThat(status.without()).containsOnlyKeys("bad.pdf");
    assertThat(status.without().get("bad.pdf")).startsWith("it cannot be read");
    assertThat(status.reasons()).containsOnly(Map.entry(status.without().get("bad.pdf"), 1L));
  }

  private static byte[] pdf() throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.COURIER), 12);
        content.showText("Invoice 17");
        content.endText();
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  @Test
  void theTextOfEncryptedObjectsIsNotInTheIndexUnlessAskedFor() {
    run.index();
    ObjectAttributes plain = BucketTestRun.typed("text/plain", Map.of("who", "ann"));
    CustomerKey key = new CustomerKey(new byte[CustomerKey.BYTES]);
    run.put(
        "customer.txt",
        "secret".getBytes(StandardCharsets.UTF_8),
        encrypted(plain, Encryption.with(key, world.chance())),
        Optional.of(key));
    run.put("managed.txt", "secret", encrypted(plain, Encryption.managed(world.chance())));
    assertThat(run.keys("secret")).isEmpty();
    assertThat(run.keys("metadata:ann")).containsExactly("managed.txt");
    assertThat(run.keys("_exists_:content_type")).containsExactly("managed.txt");
    assertThat(run.keys("key:customer")).isEmpty(); // one word: customer.txt
    assertThat(run.keys("key:customer.txt")).containsExactly("customer.txt");
    assertThat(run.search().status(run.bucket()).without())
        .containsOnlyKeys("customer.txt", "managed.txt");
    run.search().define(run.bucket(), new BucketDefinition(List.of(), List.of(), "plain", true));
    assertThat(run.keys("secret")).containsExactly("managed.txt");
    assertThat(run.search().status(run.bucket()).without()).containsOnlyKeys("customer.txt");
  }

  private static ObjectAttributes encrypted(ObjectAttributes plain, Encryption how) {
    return new ObjectAttributes(
        plain.headers(),
        plain.metadata(),
        plain.storageClass(),
        plain.tags(),
        plain.lock(),
        Optional.of(how),
        plain.access());
  }

  @Test
  void onlyWhatTheDefinitionNamesIsInTheIndex() {
    run.put("a/x.md", "word");
    run.put("a/b/y.TXT", "word");
    run.put("a/z.csv", "word");
    run.put("other/x.md", "word");
    run.search()
        .define(
            run.bucket(),
            new BucketDefinition(List.of("a/", "a/b/"), List.of(".md", ".txt"), "plain", false));
    assertThat(run.keys("word")).containsExactlyInAnyOrder("a/x.md", "a/b/y.TXT");
    run.put("other/more.md", "word");
    run.put("a/more.md", "word");
    assertThat(run.keys("word")).hasSize(3).contains("a/more.md");
    run.search()
        .define(
            run.bucket(),
            new BucketDefinition(List.of("other/", "a/b"), List.of(), "plain", false));
    assertThat(run.keys("word"))
        .containsExactlyInAnyOrder("a/b/y.TXT", "other/x.md", "other/more.md");
  }

  @Test
  void anObjectOfSomebodyElseIsNotFoundUnlessTheBucketsOwnerOwnsAll() {
    run.index();
    ObjectAccess others = new ObjectAccess(Optional.of("eve"), Optional.empty());
    run.put("mine.txt", "word");
    run.put("hers.txt", "word", ObjectAttributes.NONE.withAccess(others));
    assertThat(run.keys("word")).containsExactly("mine.txt");
    run.put("mine.txt", "word", ObjectAttributes.NONE.withAccess(others));
    assertThat(run.keys("word")).isEmpty();
    run.bucket().settings().put(Setting.OWNERSHIP, Ownership.BUCKET_OWNER_ENFORCED.text());
    assertThat(run.keys("word")).hasSize(2);
  }

  @Test
  void anIndexIsAsItWasAfterARestartAndIsMadeAnewWhereItIsGone() throws IOException {
    run.index();
    for (int i = 0; i < 20; i++) {
      run.put("k" + i + ".txt", "word number" + i);
    }
    assertThat(run.keys("word")).hasSize(20);
    restart();
    run.put("more.txt", "word");
    assertThat(run.keys("word")).hasSize(21);
    run.close();
    DiskDirectory.delete(world.disk(), home.resolve("search"));
    run = BucketTestRun.real(world, home);
    assertThat(run.keys("word")).hasSize(21);
    assertThat(run.keys("number7")).containsExactly("k7.txt");
  }

  @Test
  void whatIsSaidOfAnObjectLaterDoesNotHaveItReadAgain() {
    run.index();
    run.put("a.txt", "word");
    run.keys("word");
    Bucket bucket = run.bucket();
    bucket.change(
        new ObjectKey("a.txt"),
        Optional.empty(),
        new Bucket.Change(
            EventType.TAGS_PUT, old -> old.withTags(new TreeMap<>(Map.of("a", "b")))));
    IndexedBucket source =
        new IndexedBucket(
            run.machine().cloud(),
            bucket,
            BucketDefinition.ALL,
            false,
            run.machine().indexes().extractors());
    long before = bucket.log().version() - 3;
    assertThat(run.keys("word")).containsExactly("a.txt");
    SearchAnswer answer = run.search("{'_source':['*','text']}");
    try (Indexed.Feed feed = source.feed(() -> false, key -> answer.hits().getFirst().item())) {
      assertThat(feed.steps(before, bucket.log().version())).isExhausted();
    }
    try (Indexed.Feed feed = source.feed(() -> false, key -> null)) {
      assertThat(feed.steps(before, bucket.log().version())).hasNext();
    }
  }

  @Test
  void aBucketThatIsToHaveNoIndexOrIsDeletedLeavesNone() {
    run.index();
    run.put("a.txt", "word");
    run.keys("word");
    Path folder =
        home.resolve("search")
            .resolve(run.machine().cloud().key().toString())
            .resolve(IndexedBucket.folder(run.bucket()));
    assertThat(world.disk().exists(folder)).isTrue();
    run.search().define(run.bucket(), null);
    assertThat(world.disk().exists(folder)).isFalse();
    assertThatThrownBy(() -> run.keys("word"))
        .isInstanceOf(SearchRefusal.class)
        .hasMessageContaining("bevy bucket index docs");
    run.index();
    run.delete("a.txt");
    assertThat(run.keys("word")).isEmpty();
    assertThat(world.disk().exists(folder)).isTrue();
    run.buckets().delete(run.bucket().name());
    restart();
    assertThat(run.machine().search().buckets().find("docs")).isEmpty();
    assertThat(world.disk().exists(folder)).isFalse();
  }

  @Test
  void aDefinitionIsReadAsItWasWritten() {
    BucketDefinition given =
        new BucketDefinition(List.of("b\"\n/", "a/"), List.of(".MD"), "english", true);
    assertThat(BucketDefinition.read(given.write())).isEqualTo(given);
    assertThat(given.write())
        .isEqualTo(
            "{\"version\":1,\"prefixes\":[\"a/\",\"b\\\"\\n/\"],\"suffixes\":[\".md\"],"
                + "\"language\":\"english\",\"encrypted\":true}");
    assertThatThrownBy(() -> BucketDefinition.read("{\"version\":2}"))
        .hasMessageContaining("newer version");
    assertThatThrownBy(() -> new BucketDefinition(List.of(), List.of(), "klingon", false))
        .isInstanceOf(SearchRefusal.class);
    List<String> many = java.util.Collections.nCopies(BucketDefinition.MOST + 1, "a");
    assertThatThrownBy(() -> new BucketDefinition(many, List.of(), "plain", false))
        .hasMessageContaining("64 prefixes");
    new BucketDefinition(many.subList(1, many.size()), List.of(), "plain", false);
  }
}
