package cloud.bevy.hyper.wire;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/// An IPv4 or IPv6 address, by number.
///
/// @param bytes 4 or 16 of them
public record Host(byte[] bytes) {
  private static final Pattern PART4 = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern PART6 = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final int PARTS6 = 8;

  /// Copies the bytes.
  public Host {
    if (bytes.length != 4 && bytes.length != 16) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
    }
    bytes = bytes.clone();
  }

  /// A copy of the bytes.
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /// 4 or 6.
  public int family() {
    return bytes.length == 4 ? 4 : 6;
  }

  /// Reads `192.0.2.1`, `2001:db8::1` and their like; names are not looked up.
  public static Host parse(String text) throws MalformedException {
    return new Host(text.indexOf(':') < 0 ? parse4(text) : parse6(text));
  }

  private static byte[] parse4(String text) throws MalformedException {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[4];
    if (parts.length != bytes.length) {
      throw new MalformedException("an IPv4 address has four numbers");
    }
    for (int at = 0; at < parts.length; at++) {
      if (!PART4.matcher(parts[at]).matches() || Integer.parseInt(parts[at]) > 255) {
        throw new MalformedException("an IPv4 address has numbers from 0 to 255");
      }
      bytes[at] = (byte) Integer.parseInt(parts[at]);
    }
    return bytes;
  }

  private static byte[] parse6(String text) throws MalformedException {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return parts6(text, PARTS6);
    }
    byte[] left = parts6(text.substring(0, gap), -1);
    byte[] right = parts6(text.substring(gap + 2), -1);
    if (left.length + right.length >= 2 * PARTS6) {
      throw new MalformedException("an IPv6 address has eight numbers");
    }
    byte[] bytes = Arrays.copyOf(left, 2 * PARTS6);
    System.arraycopy(right, 0, bytes, bytes.length - right.length, right.length);
    return bytes;
  }

  /// @param count how many parts there must be; -1 for up to seven
  private static byte[] parts6(String text, int count) throws MalformedException {
    String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
    if (count >= 0 ? parts.length != count : parts.length >= PARTS6) {
      throw new MalformedException("an IPv6 address has eight numbers");
    }
    byte[] bytes = new byte[2 * parts.length];
    for (int at = 0; at < parts.length; at++) {
      if (!PART6.matcher(parts[at]).matches()) {
        throw new MalformedException("an IPv6 address has numbers of one to four digits");
      }
      int value = Integer.parseInt(parts[at], 16);
      bytes[2 * at] = (byte) (value >>> 8);
      bytes[2 * at + 1] = (byte) value;
    }
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Host host && Arrays.equals(bytes, host.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// As JavaScript's compact-encoding writes it: an IPv6 address with all its eight numbers.
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(family() == 4 ? "." : ":");
    for (int at = 0; at < bytes.length; at++) {
      int value = bytes[at] & 0xff;
      if (family() == 4) {
        text.add(Integer.toString(value));
      } else {
        text.add(Integer.toHexString(value << 8 | (bytes[++at] & 0xff)));
      }
    }
    return text.toString();
  }
}
