package cloud.bevy.hyper.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class UsualEntryTest {
  private static final int INPUTS = 50_000;
  private static final String METADATA =
      "{\"version\":1,\"etag\":\"0f\",\"size\":3,\"headers\":{\"content-type\":\"text/plain\"}}";

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
  void metadataIsReadAsJsonWouldBe() throws MalformedException {
    for (String metadata :
        new String[] {
          "{}",
          "{\"a\":1}",
          "{\"a\":\"b {}[],:\",\"c\":[],\"d\":[1,-2.5e+3,{\"e\":null}],\"f\":true}",
          METADATA
        }) {
      DriveEntry entry = FileOptions.PLAIN.entry(new BlobId(1, 2, 3, 4, false));
      byte[] json = EntryCodec.write(entry.withMetadata(metadata));
      assertThat(UsualEntry.read(json))
          .isEqualTo(entry.withMetadata(metadata))
          .isEqualTo(EntryCodec.readJson(json));
    }
  }

  @Test
  void metadataThatIsWrittenInAnotherWayIsLeftToTheParser() {
    for (String metadata :
        new String[] {
          "{ }",
          "{\"a\": 1}",
          "{\"a\":\"\\n\"}",
          "{\"a\":\"\u00e9\"}",
          "{\"a\":}",
          "{\"a\":1,}",
          "{\"a\":[1,]}",
          "{\"a\"",
          "{\"a\":\"b",
          "{\"a\":1}}",
          "{\"a\":" + "[".repeat(9) + "1" + "]".repeat(9) + "}",
          "1",
          "[]"
        }) {
      DriveEntry plain = FileOptions.PLAIN.entry(new BlobId(1, 2, 3, 4, false));
      byte[] json = EntryCodec.write(plain.withMetadata(metadata));
      assertThat(UsualEntry.read(json)).as(metadata).isNull();
    }
  }

  @Test
  void noBytesAreReadOtherwiseThanTheParserDoes() {
    DriveEntry plain = FileOptions.EXECUTABLE.entry(new BlobId(7, 8, 9, 10, false));
    checkFlips(EntryCodec.write(plain));
    checkFlips(EntryCodec.write(plain.withMetadata(METADATA)));
  }

  private static void checkFlips(byte[] good) {
    Random random = new Random(1);
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
