package cloud.bevy.services.buckets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The bytes that are set aside for an upload while it is under way.
final class QuotaHold implements AutoCloseable {
  private final List<Quota> quotas;
  private final List<Quota> taken = new ArrayList<>();
  private final long bytes;
  private Optional<QuotaHold> more = Optional.empty();

  private QuotaHold(List<Quota> quotas, long bytes) {
    this.quotas = quotas;
    this.bytes = bytes;
  }

  /// Sets bytes aside in several quotas.
  ///
  /// @return nothing where one of them does not allow it
  static Optional<QuotaHold> of(List<Quota> quotas, long bytes) {
    QuotaHold hold = new QuotaHold(quotas, bytes);
    if (hold.takeAll()) {
      return Optional.of(hold);
    }
    hold.close();
    return Optional.empty();
  }

  private boolean takeAll() {
    for (Quota quota : quotas) {
      if (!quota.take(bytes)) {
        return false;
      }
      taken.add(quota);
    }
    return true;
  }

  /// Sets as many more bytes aside as there turned out to be, where that was not known before.
  ///
  /// @return whether that is allowed
  boolean allows(long size) {
    if (size <= bytes) {
      return true;
    }
    more = of(quotas, size - bytes);
    return more.isPresent();
  }

  @Override
  public void close() {
    taken.forEach(quota -> quota.giveBack(bytes));
    taken.clear();
    more.ifPresent(QuotaHold::close);
  }
}
