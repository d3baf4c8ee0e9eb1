package cloud.bevy.product.node;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.functions.FeedId;
import cloud.bevy.services.functions.FeedSource;
import cloud.bevy.services.functions.FeedSource.Page;
import cloud.bevy.services.functions.FeedSource.Place;
import cloud.bevy.services.functions.FeedSpec;
import cloud.bevy.services.functions.KeyAttribute;
import cloud.bevy.services.functions.TableSpec;
import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.StreamView;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.Tables;
import cloud.bevy.testing.simulator.Simulation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What feeds read of real tables.
class FunctionFeedsTest {
  private static final FeedId FEED = new FeedId("app", "ORDERS");

  private final FeedSource feeds = new FunctionFeeds();

  /// A cloud with a table in simulated time.
  private record Run(World world, Clouds clouds, Lease lease) {
    Tables tables() {
      return Tables.of(lease.cloud());
    }

    void create() {
      KeySchema keys =
          new KeySchema(new cloud.bevy.services.tables.KeyAttribute("id", KeyType.S), null);
      tables().create(TableDefinition.of("orders", keys));
    }

    void put(String id, int n) {
      Map<String, AttributeValue> attributes = new TreeMap<>();
      attributes.put("id", AttributeValue.text(id));
      attributes.put("n", AttributeValue.number(n));
      tables().table("orders").put(Item.of(attributes), null);
    }
  }

  private interface Steps {
    void run(Run run) throws Exception;
  }

  private static void run(Steps steps) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (Clouds clouds =
                      Clouds.open(world, Path.of("/home"), CloudLimits.defaults())) {
                    clouds.create("home");
                    clouds.wakeFor((cloud, alarm, stopping) ->
                        Tables.asked(alarm)
                            ? Tables.of(cloud).ring(alarm, stopping)
                            : Optional.empty());
                    try (Lease lease = clouds.open("home").orElseThrow()) {
                      Run run = new Run(world, clouds, lease);
                      run.create();
                      steps.run(run);
                    }
                  }
                }));
  }

  private static TableSpec spec(FeedSpec.View view) {
    FeedSpec feed =
        new FeedSpec(
            FeedSpec.Start.TRIM_HORIZON, view, 100, new FeedSpec.Effort(8, true, "letters"));
    return new TableSpec(
        "orders", new KeyAttribute("id", "S"), Optional.empty(), Optional.of(feed));
  }

  private static final TableSpec ALL = spec(FeedSpec.View.NEW_AND_OLD_IMAGES);

  private Place follow(Run run) {
    return feeds.follow(run.lease().cloud(), FEED, ALL).orElseThrow().oldest();
  }

  private Page read(Run run, Place from) {
    return feeds.read(run.lease().cloud(), ALL, from, 1_000);
  }

  /// The images of all records from a place on, and where they end.
  private List<String> texts(Run run, Place from) {
    List<String> texts = new ArrayList<>();
    Place place = from;
    boolean more = true;
    while (more && read(run, place) instanceof Page.Read page) {
      page.changes().forEach(change -> texts.add(text(change)));
      place = page.next();
      more = page.more();
    }
    return texts;
  }

  private static String text(FeedSource.Change change) {
    return new String(change.json(), StandardCharsets.UTF_8);
  }

  @Test
  void aRecordIsAsLambdaTellsIt() {
    run(run -> {
      Place place = follow(run);
      run.put("a", 1);
      run.put("a", 2);
      Page.Read page = (Page.Read) read(run, place);
      assertThat(page.more()).isFalse();
      FeedSource.Change second = page.changes().get(1);
      assertThat(second.sequence()).isEqualTo("1%020d".formatted(second.block()));
      assertThat(text(second))
          .matches(
              "\\{\"eventID\":\"[0-9a-f]{32}\",\"eventName\":\"MODIFY\",\"eventVersion\":\"1.1\","
                  + "\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"us-east-1\",\"dynamodb\":\\{"
                  + "\"ApproximateCreationDateTime\":\\d+,\"Keys\":\\{\"id\":\\{\"S\":\"a\"}},"
                  + "\"NewImage\":\\{.*\"N\":\"2\"}},\"OldImage\":\\{.*\"N\":\"1\"}},"
                  + "\"SequenceNumber\":\"1\\d{20}\",\"SizeBytes\":\\d+,"
                  + "\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"},\"eventSourceARN\":"
                  + "\"arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/[^\"]+\"}");
      Page keys = feeds.read(run.lease().cloud(), spec(FeedSpec.View.KEYS_ONLY), place, 1_000);
      assertThat(text(((Page.Read) keys).changes().get(1))).doesNotContain("Image\":");
    });
  }

  @Test
  void aTableThatIsNotThereCannotBeFollowed() {
    run(run -> {
      run.tables().delete("orders");
      assertThat(feeds.follow(run.lease().cloud(), FEED, ALL)).isEmpty();
    });
  }

  @Test
  void aStreamThatIsThereIsFollowedAsItIsFromWhatItHasOrWhatComes() {
    run(run -> {
      run.tables().stream("orders", StreamView.KEYS_ONLY, before -> before);
      run.put("a", 1);
      FeedSource.Beginnings found = feeds.follow(run.lease().cloud(), FEED, ALL).orElseThrow();
      run.put("b", 2);
      assertThat(texts(run, found.oldest())).hasSize(2);
      assertThat(texts(run, found.newest())).singleElement().asString().contains("\"b\"");
    });
  }

  @Test
  void whatIsWeeksOldIsReadAsLongAsTheStreamIsOn() {
    run(run -> {
      Place place = follow(run);
      run.put("a", 1);
      run.world().tasks().sleep(Duration.ofDays(20));
      assertThat(texts(run, place)).hasSize(1);
    });
  }

  @Test
  void aStreamThatIsSwitchedOffAndOnIsReadOn() {
    run(run -> {
      Place place = follow(run);
      run.put("a", 1);
      run.tables().stream("orders", null, before -> before);
      run.put("unseen", 2);
      Page.Read first = (Page.Read) read(run, place);
      assertThat(first.changes()).hasSize(1);
      assertThat(read(run, first.next())).isInstanceOf(Page.Ended.class);
      follow(run);
      run.put("b", 3);
      assertThat(texts(run, first.next())).singleElement().asString().contains("\"b\"");
      assertThat(texts(run, place)).hasSize(2);
    });
  }

  @Test
  void theStreamOfADeletedTableIsReadForADayThoughThereIsAnotherTableOfThatName() {
    run(run -> {
      Place place = follow(run);
      run.put("a", 1);
      run.tables().delete("orders");
      run.create();
      Place other = follow(run);
      run.put("b", 2);
      assertThat(other.incarnation()).isNotEqualTo(place.incarnation());
      assertThat(texts(run, place)).singleElement().asString().contains("\"a\"");
      assertThat(texts(run, other)).singleElement().asString().contains("\"b\"");
      run.world().tasks().sleep(Duration.ofHours(25));
      assertThat(read(run, place)).isInstanceOf(Page.Gone.class);
      assertThat(texts(run, other)).hasSize(1);
    });
  }

  @Test
  void inALogOfAnotherForkTheLastDayIsReadAgain() {
    run(run -> {
      Place place = follow(run);
      run.put("a", 1);
      run.put("b", 2);
      Place end = ((Page.Read) read(run, place)).next();
      Place forked = new Place(end.incarnation(), end.stream(), end.fork() + 1, end.next());
      assertThat(texts(run, end)).isEmpty();
      assertThat(texts(run, forked)).hasSize(2);
    });
  }
}
