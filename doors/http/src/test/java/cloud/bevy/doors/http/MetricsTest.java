package cloud.bevy.doors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  @Test
  void aGaugeIsReadWhenSomebodyAsks() {
    double[] value = {1};
    metrics.gauge("bevy_x", Metrics.Kind.GAUGE, "An x.", () -> value[0]);
    assertThat(metrics.expose()).contains("# HELP bevy_x An x.\n# TYPE bevy_x gauge\nbevy_x 1.0\n");
    value[0] = 2.5;
    assertThat(metrics.expose()).contains("\nbevy_x 2.5\n");
  }

  @Test
  void aNumberThatThisMachineCannotTellIsLeftOut() {
    metrics.optional("bevy_x", Metrics.Kind.GAUGE, "An x.", Optional::empty);
    assertThat(metrics.expose()).doesNotContain("bevy_x");
  }

  @Test
  void aNameThatPrometheusWouldNotReadIsRefused() {
    assertThatThrownBy(() -> metrics.gauge("Bevy x", Metrics.Kind.GAUGE, "An x.", () -> 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void operationsAreCountedByDoorNameAndStatus() {
    metrics.operation("s3", "PutObject", 200);
    metrics.operation("s3", "PutObject", 200);
    metrics.operation("s3", "GetObject", 404);
    assertThat(metrics.expose())
        .contains(
            "# TYPE bevy_operations_total counter\n"
                + "bevy_operations_total{door=\"s3\",operation=\"GetObject\",status=\"404\"} 1\n"
                + "bevy_operations_total{door=\"s3\",operation=\"PutObject\",status=\"200\"} 2\n");
  }

  @Test
  void aTimeAtTheEndOfARangeIsCountedInIt() {
    Histogram histogram = new Histogram();
    long bound = Histogram.BOUNDS.getFirst().toNanos();
    histogram.record(bound);
    histogram.record(bound + 1);
    histogram.record(Duration.ofHours(1).toNanos());
    assertThat(histogram.count(0)).isEqualTo(1);
    assertThat(histogram.count(1)).isEqualTo(1);
    assertThat(histogram.count(Histogram.BOUNDS.size())).isEqualTo(1);
    assertThat(histogram.seconds()).isBetween(3600.0, 3600.1);
  }

  @Test
  void theRangesOfAHistogramAddUp() {
    metrics.request("s3", 200, Duration.ofMillis(3).toNanos());
    metrics.request("s3", 404, Duration.ofMillis(300).toNanos());
    assertThat(metrics.expose())
        .contains("le=\"0.001\"} 0\n", "le=\"0.005\"} 1\n", "le=\"0.1\"} 1\n", "le=\"0.5\"} 2\n")
        .contains("bevy_http_requests_total{door=\"s3\",status=\"404\"} 1\n");
  }
}
