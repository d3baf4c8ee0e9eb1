package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedWordsTest {
  @Test
  void asciiIsWrittenAsItIs() {
    assertThat(EncodedWords.write("")).isEmpty();
    assertThat(EncodedWords.write("AMAZONS3 =?~")).isEqualTo("AMAZONS3 =?~");
  }

  @Test
  void whatIsHardlyAsciiIsWrittenAsBase64OfItsUtf8() {
    assertThat(EncodedWords.write("ä")).isEqualTo("=?UTF-8?B?w6Q=?=");
    assertThat(EncodedWords.write("äa")).isEqualTo("=?UTF-8?B?w6Rh?=");
  }

  @Test
  void whatIsMostlyAsciiStaysReadable() {
    assertThat(EncodedWords.write("ÄMÄZÕÑ S3"))
        .isEqualTo("=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=");
    assertThat(EncodedWords.write("a_ä=?b")).isEqualTo("=?UTF-8?Q?a=5F=C3=A4=3D=3Fb?=");
  }

  @Test
  void wordsHaveNoMoreLettersThanTheyMay() {
    for (String text :
        new String[] {"ä".repeat(22), "ä".repeat(24), "😀".repeat(100), "ab ä".repeat(99)}) {
      String written = EncodedWords.write(text);
      assertThat(written.split(" ", -1)).allMatch(word -> word.length() <= 75);
      assertThat(EncodedWords.read(written)).isEqualTo(text);
    }
    assertThat(EncodedWords.write("ä".repeat(22))).hasSize(72).doesNotContain(" ");
    assertThat(EncodedWords.write("ä".repeat(24))).contains(" ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=?UTF-8?B?w6Q=?= | ä",
        "=?utf-8?b?w6Q=?= | ä",
        "=?UTF-8?Q?Hello_World=C3=A9?= | Hello Worldé",
        "=?ISO-8859-1?Q?=E9?= | é",
        "a =?UTF-8?B?w6Q=?= b | a ä b",
        "=?UTF-8?B?w6Q=?= =?UTF-8?Q?=C3=A4?= | ää",
        "=?UTF-8?B?w6Q?= c | ä c",
        "=?UTF-8?B?%%?= | =?UTF-8?B?%%?=",
        "=?UTF-8?Q?=C?= | =?UTF-8?Q?=C?=",
        "=?UTF-8?Q?=FF?= | =?UTF-8?Q?=FF?=",
        "=?UTF-8?Q?=0A?= | =?UTF-8?Q?=0A?=",
        "=?UTF-7?Q?a?= | =?UTF-7?Q?a?=",
        "=?UTF-8?X?a?= | =?UTF-8?X?a?=",
        "=?UTF-8?B?w6Q= | =?UTF-8?B?w6Q=",
        "plain | plain"
      })
  void wordsAreReadAndAllElseStays(String header, String text) {
    assertThat(EncodedWords.read(header)).isEqualTo(text);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      String text =
          random
              .ints(random.nextInt(200), 0x20, 0x1_1000)
              .filter(c -> Character.isDefined(c) && !Character.isISOControl(c))
              .filter(c -> c < 0xd800 || (c > 0xdfff && c != 0xfffd))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      assertThat(EncodedWords.read(EncodedWords.write(text))).isEqualTo(text);
    }
  }
}
