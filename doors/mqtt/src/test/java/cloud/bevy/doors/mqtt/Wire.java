package cloud.bevy.doors.mqtt;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A client of a test, that says byte for byte what it is told to.
final class Wire implements AutoCloseable {
  private final Network.Connection connection;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).flip();

  Wire(World world, InetSocketAddress address) throws IOException {
    this.connection = world.network().connect(address, Duration.ofSeconds(5));
  }

  /// Bytes of a text with its length.
  static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return join(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}, bytes);
  }

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  /// A packet with its length.
  static byte[] packet(int first, byte[]... parts) {
    return new PacketWriter(ConnectPacket.FIVE).begin(first).raw(join(parts)).end().toArray();
  }

  /// The first packet.
  ///
  /// @param flags of user, password, clean start and the like
  static byte[] connect(int version, String client, String user, String password) {
    byte[] properties = version == 5 ? hex("00") : new byte[0];
    return packet(
        0x10,
        text("MQTT"),
        new byte[] {(byte) version, (byte) 0xc2, 0, 0},
        properties,
        text(client),
        text(user),
        text(password));
  }

  Wire send(byte[] packet) throws IOException {
    connection.write(ByteBuffer.wrap(packet));
    return this;
  }

  /// The next packet as hexadecimal digits, without its length; empty once all is over.
  String next() throws IOException {
    int first = octet();
    if (first < 0) {
      return "";
    }
    int length = 0;
    int octet;
    int shift = 0;
    do {
      octet = octet();
      length |= (octet & 0x7f) << shift;
      shift += 7;
    } while (octet > 0x7f);
    byte[] bytes = new byte[1 + length];
    bytes[0] = (byte) first;
    for (int i = 1; i <= length; i++) {
      bytes[i] = (byte) octet();
    }
    return HexFormat.of().formatHex(bytes);
  }

  /// All packets until the end.
  List<String> rest() throws IOException {
    List<String> all = new ArrayList<>();
    for (String next = next(); !next.isEmpty(); next = next()) {
      all.add(next);
    }
    return all;
  }

  private int octet() throws IOException {
    while (!buffer.hasRemaining()) {
      buffer.clear();
      int count;
      try {
        count = connection.read(buffer);
      } catch (IOException reset) {
        count = -1;
      }
      buffer.flip();
      if (count < 0) {
        return -1;
      }
    }
    return buffer.get() & 0xff;
  }

  @Override
  public void close() {
    connection.close();
  }
}
