package cloud.bevy.testing.simulator;

/// Something that happens at a simulated time. Alarms of the same time ring in the order in which
/// they were set.
final class Alarm implements Comparable<Alarm> {
  private final long at;
  private final long order;
  private final Runnable action;
  private boolean over;

  Alarm(long at, long order, Runnable action) {
    this.at = at;
    this.order = order;
    this.action = action;
  }

  long at() {
    return at;
  }

  boolean over() {
    return over;
  }

  /// Keeps the alarm from ringing; says whether that was in time.
  boolean cancel() {
    boolean inTime = !over;
    over = true;
    return inTime;
  }

  void ring() {
    if (cancel()) {
      action.run();
    }
  }

  @Override
  public int compareTo(Alarm other) {
    int byTime = Long.compare(at, other.at);
    return byTime != 0 ? byTime : Long.compare(order, other.order);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Alarm alarm && alarm.order == order;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(order);
  }
}
