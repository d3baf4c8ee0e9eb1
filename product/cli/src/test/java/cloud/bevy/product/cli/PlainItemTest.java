package cloud.bevy.product.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainItemTest {
  private static final String PLAIN =
      "{\"s\":\"text\",\"n\":12345678901234567890.12345678901234567,\"i\":5,\"b\":true,"
          + "\"z\":null,\"l\":[1,\"a\",[]],\"m\":{\"x\":{}}}";
  private static final String TYPED =
      "{\"s\":{\"S\":\"text\"},\"n\":{\"N\":\"12345678901234567890.12345678901234567\"},"
          + "\"i\":{\"N\":\"5\"},\"b\":{\"BOOL\":true},\"z\":{\"NULL\":true},"
          + "\"l\":{\"L\":[{\"N\":\"1\"},{\"S\":\"a\"},{\"L\":[]}]},"
          + "\"m\":{\"M\":{\"x\":{\"M\":{}}}}}";

  @Test
  void whatIsPlainGetsItsTypes() throws IOException {
    assertThat(Json.line(PlainItem.typed(Json.readExactly(PLAIN)))).isEqualTo(TYPED);
  }

  @Test
  void whatHasTypesIsMadePlainWithoutLosingDigits() throws IOException {
    assertThat(Json.line(PlainItem.plain(Json.readExactly(TYPED)))).isEqualTo(PLAIN);
  }

  @Test
  void setsAndBytesAreArraysAndTexts() throws IOException {
    String typed =
        "{\"ss\":{\"SS\":[\"a\",\"b\"]},\"ns\":{\"NS\":[\"1\",\"2.5\"]},\"b\":{\"B\":\"AQ==\"}}";
    assertThat(Json.line(PlainItem.plain(Json.readExactly(typed))))
        .isEqualTo("{\"ss\":[\"a\",\"b\"],\"ns\":[1,2.5],\"b\":\"AQ==\"}");
  }

  @Test
  void whatIsNoItemIsRefused() {
    assertThatThrownBy(() -> PlainItem.plain(Map.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
