package cloud.bevy.services.buckets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/// CRC-64/NVME, the checksum that AWS's clients prefer: reflected, of the polynomial
/// `ad93d23594c93659`. Eight bytes a step, from eight tables.
final class Crc64Nvme implements Checksum {
  /// The polynomial with its bits reversed.
  static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L;

  private static final int STEP = Long.BYTES;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long[][] TABLES = tables();

  private long state = -1;

  @Override
  public void update(int b) {
    state = TABLES[0][(int) (state ^ b) & 0xff] ^ state >>> 8;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    long crc = state;
    for (; end - at >= STEP; at += STEP) {
      crc = step(crc ^ (long) LONGS.get(bytes, at));
    }
    state = crc;
    for (; at < end; at++) {
      update(bytes[at]);
    }
  }

  @Override
  public long getValue() {
    return ~state;
  }

  @Override
  public void reset() {
    state = -1;
  }

  private static long step(long word) {
    return TABLES[7][(int) word & 0xff]
        ^ TABLES[6][(int) (word >>> 8) & 0xff]
        ^ TABLES[5][(int) (word >>> 16) & 0xff]
        ^ TABLES[4][(int) (word >>> 24) & 0xff]
        ^ TABLES[3][(int) (word >>> 32) & 0xff]
        ^ TABLES[2][(int) (word >>> 40) & 0xff]
        ^ TABLES[1][(int) (word >>> 48) & 0xff]
        ^ TABLES[0][(int) (word >>> 56)];
  }

  private static long[][] tables() {
    long[][] tables = new long[STEP][256];
    for (int b = 0; b < 256; b++) {
      long crc = b;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
      }
      tables[0][b] = crc;
    }
    for (int table = 1; table < STEP; table++) {
      for (int b = 0; b < 256; b++) {
        long crc = tables[table - 1][b];
        tables[table][b] = tables[0][(int) crc & 0xff] ^ crc >>> 8;
      }
    }
    return tables;
  }
}
