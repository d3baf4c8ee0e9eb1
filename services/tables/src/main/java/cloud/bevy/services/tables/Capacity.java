package cloud.bevy.services.tables;

/// How a table's throughput is named. It is kept and answered; nothing is throttled.
///
/// @param onDemand whether it is not provisioned
/// @param read provisioned read units; 0 on demand
/// @param write provisioned write units; 0 on demand
/// @param most the most that is wanted on demand
/// @param warm what it is to be ready for, where that was said
/// @param tableClass what kind of table it is called; empty where nothing was said
public record Capacity(
    boolean onDemand, long read, long write, Units most, Units warm, String tableClass) {
  /// Not provisioned.
  public static final Capacity ON_DEMAND = new Capacity(true, 0, 0, Units.NONE, Units.NONE, "");

  private static final Units WARM_ON_DEMAND = new Units(12_000, 4_000);

  /// Units of reads and of writes; 0 where nothing is said.
  public record Units(long read, long write) {
    /// Nothing is said.
    public static final Units NONE = new Units(0, 0);
  }

  /// Provisioned units.
  public static Capacity provisioned(long read, long write) {
    return ON_DEMAND.withProvisioned(read, write);
  }

  /// The same, provisioned.
  public Capacity withProvisioned(long nextRead, long nextWrite) {
    return new Capacity(false, nextRead, nextWrite, Units.NONE, warm, tableClass);
  }

  /// The same on demand.
  public Capacity withOnDemand() {
    return new Capacity(true, 0, 0, most, warm, tableClass);
  }

  /// The same with other bounds on demand.
  public Capacity withMost(Units next) {
    return new Capacity(onDemand, read, write, next, warm, tableClass);
  }

  /// The same, ready for something else.
  public Capacity withWarm(Units next) {
    return new Capacity(onDemand, read, write, most, next, tableClass);
  }

  /// The same of a table of another kind.
  public Capacity withTableClass(String next) {
    return new Capacity(onDemand, read, write, most, warm, next);
  }

  /// What it counts as ready for, as DynamoDB counts it: at least what is provisioned, or what
  /// every table on demand is ready for.
  public Units warmth() {
    Units least = onDemand ? WARM_ON_DEMAND : new Units(read, write);
    return new Units(Math.max(least.read(), warm.read()), Math.max(least.write(), warm.write()));
  }
}
