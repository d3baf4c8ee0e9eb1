package cloud.bevy.services.tables;

/// How a table's throughput is named. It is kept and answered; nothing is throttled.
///
/// @param onDemand whether it is not provisioned
/// @param read provisioned read units; 0 on demand
/// @param write provisioned write units; 0 on demand
public record Capacity(boolean onDemand, long read, long write) {
  /// Not provisioned.
  public static final Capacity ON_DEMAND = new Capacity(true, 0, 0);

  /// Provisioned units.
  public static Capacity provisioned(long read, long write) {
    return new Capacity(false, read, write);
  }
}
