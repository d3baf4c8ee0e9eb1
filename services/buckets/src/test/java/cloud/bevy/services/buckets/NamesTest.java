package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"abc", "a-b", "a.b", "0ab", "my.photos-2026", "1.2.3", "10.0.0.256.1"})
  void aNameByTheRulesIsABucketsName(String name) {
    assertThat(BucketName.of(name)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "Abc",
        "a_b",
        "-ab",
        "ab-",
        ".ab",
        "ab.",
        "a..b",
        "a.-b",
        "a-.b",
        "10.0.0.1",
        "999.999.999.999",
        "a b",
        "äbc",
        "xn--abc",
        "sthree-abc",
        "abc-s3alias",
        "abc--ol-s3",
        "a/b",
        "abc\n",
        "..",
        "../abc",
        "abc--x-s3"
      })
  void aNameThatBreaksARuleIsNone(String name) {
    assertThat(BucketName.of(name)).isEmpty();
  }

  @Test
  void aBucketsNameHasAtMost63Characters() {
    assertThat(BucketName.of("a".repeat(63))).isPresent();
    assertThat(BucketName.of("a".repeat(64))).isEmpty();
  }

  @Test
  void aKeyHasOneTo1024Bytes() {
    assertThat(ObjectKey.of("")).isEmpty();
    assertThat(ObjectKey.of("a".repeat(1024))).isPresent();
    assertThat(ObjectKey.of("a".repeat(1025))).isEmpty();
    assertThat(ObjectKey.of("é".repeat(512))).isPresent();
    assertThat(ObjectKey.of("é".repeat(513))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "../../etc/passwd", ".", "a\u0001b", "\u0000", "😀", "a/../b"})
  void aKeyIsANameAndNotAPath(String key) {
    assertThat(ObjectKey.of(key).orElseThrow().text()).isEqualTo(key);
  }
}
