package cloud.bevy.services.tables;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The attribute that says when an item expires, in seconds since 1970. An item that has no number
/// there never does, and neither does one whose moment is more than five years ago.
///
/// @param attribute its name
/// @param id names the entries, ordered by moment, within the table's bee
/// @param building whether the items that were there before it are still to be entered
public record TimeToLive(String attribute, String id, boolean building) implements Derived {
  private static final Duration TOO_OLD = Duration.ofDays(5 * 365);
  private static final long LAST_SECOND = Instant.MAX.getEpochSecond();

  TimeToLive built() {
    return new TimeToLive(attribute, id, false);
  }

  @Override
  public byte @Nullable [] entry(Item item, byte[] key) {
    return item.get(attribute) instanceof AttributeValue.N number
        ? KeyCodec.join(KeyCodec.sort(number), key)
        : null;
  }

  /// When an item expires; null if never.
  @Nullable Instant expiry(Item item) {
    if (!(item.get(attribute) instanceof AttributeValue.N(Decimal number))) {
      return null;
    }
    BigDecimal seconds = number.value().setScale(0, RoundingMode.DOWN);
    boolean possible =
        seconds.signum() > 0 && seconds.compareTo(BigDecimal.valueOf(LAST_SECOND)) < 0;
    return possible ? Instant.ofEpochSecond(seconds.longValueExact()) : null;
  }

  /// Whether an item is to be deleted.
  boolean expired(Item item, Instant now) {
    Instant expiry = expiry(item);
    return expiry != null && expiry.isBefore(now) && !expiry.isBefore(now.minus(TOO_OLD));
  }

  /// The least entry that may be of an item that is to be deleted, or will be.
  static byte[] oldest(Instant now) {
    return KeyCodec.sort(AttributeValue.number(now.minus(TOO_OLD).getEpochSecond()));
  }
}
