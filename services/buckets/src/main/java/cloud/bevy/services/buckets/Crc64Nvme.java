package cloud.bevy.services.buckets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/// CRC-64/NVME, the checksum that AWS's clients prefer: reflected, of the polynomial
/// `ad93d23594c93659`. Sixteen bytes a step, from as many tables: only the first eight of them wait
/// for the step before, so it is half as fast again as with eight.
final class Crc64Nvme implements Checksum {
  /// The polynomial with its bits reversed.
  static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L;

  private static final int STEP = 2 * Long.BYTES;
  private static final int BYTE_VALUES = 256;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// One behind the other; the first is that of a step's last byte.
  private static final long[] TABLES = tables();

  private long state = -1;

  @Override
  public void update(int b) {
    state = TABLES[(int) (state ^ b) & 0xff] ^ state >>> 8;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    long crc = state;
    for (; end - at >= STEP; at += STEP) {
      long first = crc ^ (long) LONGS.get(bytes, at);
      crc = eight(first, Long.BYTES) ^ eight((long) LONGS.get(bytes, at + Long.BYTES), 0);
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

  /// What eight bytes add.
  ///
  /// @param behind how many bytes of the step come after them
  private static long eight(long word, int behind) {
    int table = behind * BYTE_VALUES;
    return TABLES[table + 7 * BYTE_VALUES + ((int) word & 0xff)]
        ^ TABLES[table + 6 * BYTE_VALUES + ((int) (word >>> 8) & 0xff)]
        ^ TABLES[table + 5 * BYTE_VALUES + ((int) (word >>> 16) & 0xff)]
        ^ TABLES[table + 4 * BYTE_VALUES + ((int) (word >>> 24) & 0xff)]
        ^ TABLES[table + 3 * BYTE_VALUES + ((int) (word >>> 32) & 0xff)]
        ^ TABLES[table + 2 * BYTE_VALUES + ((int) (word >>> 40) & 0xff)]
        ^ TABLES[table + BYTE_VALUES + ((int) (word >>> 48) & 0xff)]
        ^ TABLES[table + (int) (word >>> 56)];
  }

  private static long[] tables() {
    long[] tables = new long[STEP * BYTE_VALUES];
    for (int b = 0; b < BYTE_VALUES; b++) {
      long crc = b;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
      }
      tables[b] = crc;
    }
    for (int at = BYTE_VALUES; at < tables.length; at++) {
      long crc = tables[at - BYTE_VALUES];
      tables[at] = tables[(int) crc & 0xff] ^ crc >>> 8;
    }
    return tables;
  }
}
