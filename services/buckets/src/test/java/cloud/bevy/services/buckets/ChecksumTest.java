package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumTest {
  private static final byte[] DIGITS = "123456789".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "CRC32, cbf43926",
    "CRC32C, e3069283",
    "CRC64NVME, ae8b14860a799888",
    "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
    "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
    "MD5, 25f9e794323b453885f5181f1b624d0b"
  })
  void eachAlgorithmGivesItsPublishedCheckValue(ChecksumAlgorithm algorithm, String expected) {
    assertThat(HexFormat.of().formatHex(value(algorithm, DIGITS))).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void theTextOfAChecksumReadsBack(ChecksumAlgorithm algorithm) {
    Checksum whole = Checksum.of(algorithm, value(algorithm, DIGITS));
    Checksum composite = new Checksum(algorithm, value(algorithm, DIGITS), 10_000);
    assertThat(Checksum.read(algorithm, whole.text())).contains(whole);
    assertThat(Checksum.read(algorithm, composite.text())).contains(composite);
  }

  @Test
  void whatIsNoChecksumIsNotRead() {
    for (String text :
        List.of("", "AAAA", "AAAAAAAA", "AAAAA===", "AAAAAA==-", "AAAAAA==-x", "é")) {
      assertThat(Checksum.read(ChecksumAlgorithm.CRC32, text)).as(text).isEmpty();
    }
  }

  @Property(tries = 300)
  void theChecksumOfPartsPutTogetherIsThatOfTheWhole(@ForAll @Size(max = 8) List<byte[]> pieces) {
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      if (algorithm.combines()) {
        ChecksumAlgorithm.Digest whole = algorithm.digest();
        List<Checksum.OfPart> parts = new ArrayList<>();
        for (byte[] piece : pieces) {
          whole.update(piece, 0, piece.length);
          Checksum checksum = Checksum.of(algorithm, value(algorithm, piece));
          parts.add(new Checksum.OfPart(checksum, piece.length));
        }
        assertThat(Checksum.full(algorithm, parts))
            .isEqualTo(Checksum.of(algorithm, whole.value()));
      }
    }
  }

  @Property(tries = 300)
  void aChecksumDoesNotDependOnHowTheBytesWereCut(@ForAll byte[] bytes) {
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      ChecksumAlgorithm.Digest single = algorithm.digest();
      for (int i = 0; i < bytes.length; i++) {
        single.update(bytes, i, 1);
      }
      assertThat(single.value()).isEqualTo(value(algorithm, bytes));
    }
  }

  private static byte[] value(ChecksumAlgorithm algorithm, byte[] bytes) {
    ChecksumAlgorithm.Digest digest = algorithm.digest();
    digest.update(bytes, 0, bytes.length);
    return digest.value();
  }
}
