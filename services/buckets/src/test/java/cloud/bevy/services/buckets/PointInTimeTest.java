package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-26T10:00:00Z, 2026-11-26T10:00:00Z",
    "2026-11-26T10:00:00.123Z, 2026-11-26T10:00:00.123Z",
    "2026-11-26T12:00:00+02:00, 2026-11-26T10:00:00Z",
    "2026-11-26T10:00Z, 2026-11-26T10:00:00Z",
    "2026-11-26t10:00:00z, 2026-11-26T10:00:00Z",
    "2026-11-26T10:00:00, 2026-11-26T10:00:00Z",
    "20261126T100000Z, 2026-11-26T10:00:00Z",
    "20261126t100000z, 2026-11-26T10:00:00Z",
    "20261126T100000.123Z, 2026-11-26T10:00:00.123Z",
    "20261126T120000+0200, 2026-11-26T10:00:00Z",
    "20261126T1000Z, 2026-11-26T10:00:00Z",
    "20261126T100000, 2026-11-26T10:00:00Z",
    "2026-11-26, 2026-11-26T00:00:00Z",
    "20261126, 2026-11-26T00:00:00Z"
  })
  void aMomentIsWrittenAsIso8601Says(String text, Instant moment) {
    assertThat(PointInTime.read(text)).hasValue(new PointInTime.At(moment));
  }

  @ParameterizedTest
  @CsvSource({
    "2h, PT2H",
    "-2h, PT2H",
    "90m, PT90M",
    "30s, PT30S",
    "7d, PT168H",
    "2w, PT336H",
    "1d12h, PT36H",
    "366000d, PT8784000H"
  })
  void someTimeAgoIsNumbersWithUnits(String text, Duration duration) {
    assertThat(PointInTime.read(text)).hasValue(new PointInTime.Ago(duration));
  }

  @Test
  void aVersionIsANumberBehindAV() {
    assertThat(PointInTime.read("v123")).hasValue(new PointInTime.Version(123));
  }

  @Test
  void aTextOfAnyLengthIsLookedAtInNoTime() {
    assertThat(PointInTime.read("1s".repeat(1 << 20))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "v",
        "v-1",
        "v1234567890123456",
        "2",
        "2x",
        "h2",
        "2h30",
        "2026",
        "2026-13-01",
        "20261126T250000Z",
        "yesterday",
        "2026-11-26T10:00:00Z ",
        "9999999999s",
        "366001d",
        "999999999w999999999w"
      })
  void whatIsNoneOfTheseIsNotRead(String text) {
    assertThat(PointInTime.read(text)).isEmpty();
  }
}
