package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The records of feeds, as docs/formats/app.md describes them.
class FeedRecordTest {
  private static final String GOLDEN =
      "{\"version\":1,\"table\":\"orders\",\"incarnation\":\"ab\",\"stream\":\"s\",\"fork\":2,"
          + "\"next\":77,\"status\":\"FOLLOWING\",\"made\":5,\"delivered\":10,\"failures\":4,"
          + "\"deadLetters\":1,\"tries\":3,\"waits\":0,\"retry\":1004,\"error\":\"no\","
          + "\"errorAt\":1000,\"searchSize\":8,\"searchUntil\":99}";

  private static final FeedState STATE =
      new FeedState(
          "orders",
          new FeedSource.Place("ab", "s", 2, 77),
          FeedState.Status.FOLLOWING,
          new FeedState.Trouble(
              3,
              0,
              Instant.ofEpochMilli(1_004),
              "no",
              Instant.ofEpochMilli(1_000),
              new FeedState.Search(8, 99)),
          new FeedState.Tally(10, 4, 1),
          Instant.ofEpochMilli(5));

  @Test
  void theBytesAreThoseOfTheFormat() {
    assertThat(new String(FeedRecord.write(STATE), StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
    assertThat(FeedRecord.read(FeedRecord.write(STATE))).isEqualTo(STATE);
    FeedId feed = new FeedId("shop", "ORDERS");
    assertThat(new String(feed.key(), StandardCharsets.UTF_8)).isEqualTo("shop/ORDERS");
    assertThat(FeedId.of(feed.key())).isEqualTo(feed);
    assertThat(FeedId.of("feed/shop/ORDERS")).isEqualTo(Optional.of(feed));
    assertThat(FeedId.of("table/feed/x")).isEmpty();
  }

  @Test
  void aRecordOfAnotherVersionOrADamagedOneIsRefused() {
    for (String bad :
        new String[] {
          GOLDEN.replace("\"version\":1", "\"version\":2"),
          GOLDEN.replace("FOLLOWING", "DREAMING"),
          GOLDEN.replace("\"tries\":3", "\"tries\":30000000000"),
          GOLDEN.replace("\"table\":\"orders\",", ""),
          GOLDEN.substring(0, 40)
        }) {
      assertThatThrownBy(() -> FeedRecord.read(bad.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(FunctionFault.class);
    }
  }

  @Test
  void anErrorIsKeptToALengthAndPausesToAnHour() {
    FeedState state = STATE;
    for (int i = 0; i < 100; i++) {
      state = state.failed("x".repeat(5_000), Instant.EPOCH).paused(Instant.EPOCH);
    }
    assertThat(state.trouble().error()).hasSize(2_000);
    assertThat(state.trouble().next()).isEqualTo(Instant.EPOCH.plusSeconds(3_600));
  }
}
