package cloud.bevy.doors.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// The numbers of this process, in Prometheus' text format. Counters cost an addition; gauges are
/// read only when somebody asks.
public final class Metrics {
  private static final String REQUESTS = "bevy_http_requests_total";
  private static final String OPERATIONS = "bevy_operations_total";
  private static final String SECONDS = "bevy_http_request_seconds";

  private final Map<String, DoorMetrics> doors = new ConcurrentSkipListMap<>();
  private final Map<String, Gauge> gauges = new ConcurrentSkipListMap<>();
  private final Map<Operation, Counter> operations = new ConcurrentHashMap<>();

  /// What Prometheus calls the kind of a number.
  public enum Kind {
    /// It only grows.
    COUNTER,
    /// It goes up and down.
    GAUGE
  }

  private record Operation(String door, String name, int status) {}

  private record Gauge(Kind kind, String help, Supplier<Optional<Double>> read) {}

  /// No numbers yet.
  public Metrics() {}

  /// Adds a number that is read when somebody asks.
  ///
  /// @param name as Prometheus has names: `bevy_store_bytes`
  /// @param help what it is, in a sentence
  public Metrics gauge(String name, Kind kind, String help, DoubleSupplier read) {
    return optional(name, kind, help, () -> Optional.of(read.getAsDouble()));
  }

  /// Adds a number that not every machine can tell.
  Metrics optional(String name, Kind kind, String help, Supplier<Optional<Double>> read) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("not the name of a metric: " + name);
    }
    gauges.put(name, new Gauge(kind, help, read));
    return this;
  }

  /// Counts a request.
  void request(String door, int status, long nanos) {
    doors.computeIfAbsent(door, name -> new DoorMetrics()).count(status, nanos);
  }

  /// Counts an operation that a door was asked for. Doors have few names for them, whatever callers
  /// send.
  public void operation(String door, String name, int status) {
    operations.computeIfAbsent(new Operation(door, name, status), _ -> new Counter()).increment();
  }

  /// All numbers as they are now.
  String expose() {
    StringBuilder out = new StringBuilder();
    gauges.forEach((name, gauge) -> expose(out, name, gauge));
    head(out, REQUESTS, "counter", "Requests answered, by door and status.");
    doors.forEach((door, each) -> each.requests(out, REQUESTS, door));
    head(out, OPERATIONS, "counter", "Operations asked for, by door, name and status.");
    operations.entrySet().stream().map(Metrics::expose).sorted().forEach(out::append);
    head(out, SECONDS, "histogram", "How long requests took until their answer was handed over.");
    doors.forEach((door, each) -> each.seconds(out, SECONDS, door));
    return out.toString();
  }

  private static String expose(Map.Entry<Operation, Counter> counted) {
    Operation operation = counted.getKey();
    return "%s{door=\"%s\",operation=\"%s\",status=\"%d\"} %d\n"
        .formatted(
            OPERATIONS,
            operation.door(),
            operation.name(),
            operation.status(),
            counted.getValue().value());
  }

  private static void expose(StringBuilder out, String name, Gauge gauge) {
    Optional<Double> value = gauge.read().get();
    if (value.isPresent()) {
      head(out, name, gauge.kind() == Kind.COUNTER ? "counter" : "gauge", gauge.help());
      out.append(name).append(' ').append(value.get()).append('\n');
    }
  }

  private static void head(StringBuilder out, String name, String kind, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
  }

  /// The numbers of one door.
  private static final class DoorMetrics {
    private final Map<Integer, Counter> byStatus = new ConcurrentSkipListMap<>();
    private final Histogram took = new Histogram();

    void count(int status, long nanos) {
      byStatus.computeIfAbsent(status, each -> new Counter()).increment();
      took.record(nanos);
    }

    void requests(StringBuilder out, String name, String door) {
      new TreeMap<>(byStatus)
          .forEach((status, count) -> {
            out.append(name).append("{door=\"").append(door);
            out.append("\",status=\"").append(status).append("\"} ");
            out.append(count.value()).append('\n');
          });
    }

    void seconds(StringBuilder out, String name, String door) {
      long sum = 0;
      for (int range = 0; range <= Histogram.BOUNDS.size(); range++) {
        sum += took.count(range);
        boolean last = range == Histogram.BOUNDS.size();
        String bound =
            last ? "+Inf" : Double.toString(Histogram.BOUNDS.get(range).toMillis() / 1e3);
        out.append(name).append("_bucket{door=\"").append(door).append("\",le=\"");
        out.append(bound).append("\"} ").append(sum).append('\n');
      }
      String labels = "{door=\"" + door + "\"} ";
      out.append(name).append("_sum").append(labels).append(took.seconds()).append('\n');
      out.append(name).append("_count").append(labels).append(sum).append('\n');
    }
  }
}
