package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How the throughput of a table stands in its record, which docs/formats/table.md describes.
final class CapacityRecordTest {
  private static final KeySchema KEYS = new KeySchema(new KeyAttribute("p", KeyType.S), null);
  private static final Capacity CAPACITY =
      Capacity.ON_DEMAND
          .withMost(new Capacity.Units(10, 0))
          .withWarm(new Capacity.Units(15_000, 5_000))
          .withTableClass("STANDARD_INFREQUENT_ACCESS");

  private static TableDescription table(Capacity capacity) {
    SecondaryIndex index =
        new SecondaryIndex(
            "by-p", true, KEYS, IndexProjection.ALL, capacity.withTableClass(""), "index1", false);
    return new TableDescription(
        TableDefinition.of("one", KEYS).with(capacity).withIndexes(List.of(index)),
        "0123456789abcdef0123456789abcdef",
        Instant.parse("2026-11-26T10:00:00.123Z"));
  }

  @Test
  void whatATableIsToBearStandsInItsRecord() {
    byte[] bytes = TableRecord.bytes(table(CAPACITY));
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .contains(
            "\"mostRead\":10,\"mostWrite\":0,\"warmRead\":15000,\"warmWrite\":5000,"
                + "\"class\":\"STANDARD_INFREQUENT_ACCESS\"");
    TableDescription read = TableRecord.read("one", bytes);
    assertThat(read).isEqualTo(table(CAPACITY));
  }

  @Test
  void recordsThatSayNothingOfItAreRead() {
    Capacity plain = Capacity.provisioned(3, 4);
    byte[] bytes = TableRecord.bytes(table(plain));
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .contains("\"read\":3,\"write\":4,")
        .doesNotContain("warm", "most", "class");
    assertThat(TableRecord.read("one", bytes).definition().capacity()).isEqualTo(plain);
  }
}
