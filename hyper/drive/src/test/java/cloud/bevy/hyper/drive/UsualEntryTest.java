package cloud.bevy.hyper.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class UsualEntryTest {
  private static final int INPUTS = 50_000;

  @Test
  void anEntryOfAPlainFileIsReadAsJsonWouldBe() throws MalformedException {
    for (boolean executable : new boolean[] {false, true}) {
      DriveEntry entry =
          new FileOptions(executable, java.util.Optional.empty())
              .entry(new BlobId(1, 0, 999_999_999_999_999L, 42, false));
      byte[] json = EntryCodec.write(entry);
      assertThat(UsualEntry.read(json)).isEqualTo(entry).isEqualTo(EntryCodec.readJson(json));
    }
  }

  @Test
  void whatIsWrittenInAnotherWayIsLeftToTheParser() {
    DriveEntry plain = FileOptions.PLAIN.entry(new BlobId(1, 2, 3, 4, false));
    String usual = new String(EntryCodec.write(plain), UTF_8);
    for (String other :
        new String[] {
          usual + " ",
          usual.substring(1),
          usual.replace(":1,", ": 1,"),
          usual.replace(":1,", ":-1,"),
          usual.replace(":1,", ":,"),
          usual.replace(":1,", ":1234567890123456,"),
          usual.replace("false", "true!"),
          usual.replace("}", ",\"blockMap\":true}"),
          ""
        }) {
      assertThat(UsualEntry.read(other.getBytes(UTF_8))).as(other).isNull();
    }
  }

  @Test
  void noBytesAreReadOtherwiseThanTheParserDoes() {
    Random random = new Random(1);
    byte[] good = EntryCodec.write(FileOptions.EXECUTABLE.entry(new BlobId(7, 8, 9, 10, false)));
    for (int i = 0; i < INPUTS; i++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      DriveEntry usual = UsualEntry.read(bytes);
      if (usual != null) {
        assertThat(parsed(bytes)).isEqualTo(usual);
      }
    }
  }

  private static DriveEntry parsed(byte[] bytes) {
    try {
      return EntryCodec.readJson(bytes);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }
}
