package cloud.bevy.hyper.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryCodecTest {
  private static final int INPUTS = 50_000;

  @Test
  void membersMayComeInAnyOrderAndUnknownOnesAreSkipped() throws MalformedException {
    DriveEntry entry =
        read(
            " { \"x\" : [1, {\"y\":[ ]}, -2.5e+3, \"\\u00e9\\n\"] , \"metadata\": {\"a\" :1} ,"
                + "\"blob\":{\"byteLength\":4,\"z\":null,\"blockMap\":true,\"byteOffset\":3,"
                + "\"blockLength\":2,\"blockOffset\":1},\"executable\":true } ");
    assertThat(entry.blob()).contains(new BlobId(1, 2, 3, 4, true));
    assertThat(entry.metadata()).contains("{\"a\" :1}");
    assertThat(entry.executable()).isTrue();
    assertThat(entry.linkname()).isEmpty();
  }

  @Test
  void linksAreEscapedAndComeBack() throws MalformedException {
    String target = "a\"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028é\ud83d\ude00";
    assertThat(EntryCodec.read(EntryCodec.write(DriveEntry.link(target))).linkname())
        .contains(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}x",
        "{\"blob\":1}",
        "{\"blob\":{\"byteLength\":-1}}",
        "{\"blob\":{\"byteLength\":1.5}}",
        "{\"blob\":{\"byteLength\":9007199254740992}}",
        "{\"blob\":{\"byteLength\":\"1\"}}",
        "{\"executable\":\"true\"}",
        "{\"executable\":truely}",
        "{\"linkname\":\"\\x\"}",
        "{\"linkname\":\"\\u12g4\"}",
        "{\"linkname\":\"a\nb\"}",
        "{\"linkname\":\"a",
        "{\"metadata\":}",
        "{\"metadata\":{\"a\"}}",
        "{\"a\":1,}",
        "{a:1}",
      })
  void whatIsNoEntryIsRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedException.class);
  }

  @Test
  void deepJsonIsRefused() {
    String deep = "{\"metadata\":" + "[".repeat(100_000);
    assertThatThrownBy(() -> read(deep)).isInstanceOf(MalformedException.class);
    String objects = "{\"metadata\":" + "{\"a\":".repeat(100_000);
    assertThatThrownBy(() -> read(objects)).isInstanceOf(MalformedException.class);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertThatThrownBy(() -> EntryCodec.read(new byte[] {'{', (byte) 0xc3, '}'}))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void nonsenseIsReadOrRefusedAndNothingElse() {
    Random random = new Random(1);
    DriveEntry entry =
        DriveEntry.file(new BlobId(1, 2, 3, 4, true)).withMetadata("{\"a\":[1,\"\\u00e9\",null]}");
    byte[] good = EntryCodec.write(entry);
    int refused = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] damaged = good.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        damaged[random.nextInt(damaged.length)] =
            (byte) "{}[]\",:\\u0e1 tn".charAt(random.nextInt(15));
      }
      try {
        EntryCodec.read(damaged);
      } catch (MalformedException expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(INPUTS / 2, INPUTS - 1);
  }

  private static DriveEntry read(String json) throws MalformedException {
    return EntryCodec.read(json.getBytes(UTF_8));
  }
}
