package cloud.bevy.services.buckets;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// A range of IP addresses: `192.0.2.0/24`, or one address.
///
/// @param bits how many bits of the address are fixed
record AddressRange(InetAddress network, int bits) {
  private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final int BROAD_V4 = 8;
  private static final int BROAD_V6 = 32;
  private static final int V4_BYTES = 4;

  /// Reads a range.
  static Optional<AddressRange> read(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> network = address(slash < 0 ? text : text.substring(0, slash));
    if (network.isEmpty()) {
      return Optional.empty();
    }
    int most = network.get().getAddress().length * Byte.SIZE;
    String count = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
    if (!count.matches("[0-9]{1,3}") || Integer.parseInt(count) > most) {
      return Optional.empty();
    }
    return Optional.of(new AddressRange(network.get(), Integer.parseInt(count)));
  }

  /// Whether a text is a range that says little of who is meant, or none.
  static boolean isBroad(String text) {
    return read(text).filter(range -> !range.isBroad()).isEmpty();
  }

  /// Whether an address lies in it.
  boolean contains(String text) {
    Optional<InetAddress> address = address(text);
    if (address.isEmpty()) {
      return false;
    }
    byte[] mine = network.getAddress();
    byte[] other = address.get().getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isBroad() {
    return network.getAddress().length == V4_BYTES ? bits < BROAD_V4 : bits < BROAD_V6;
  }

  /// Only what is an address already, so that no name is ever looked up.
  private static Optional<InetAddress> address(String text) {
    boolean literal = V4.matcher(text).matches() || V6.matcher(text).matches();
    try {
      return literal ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
