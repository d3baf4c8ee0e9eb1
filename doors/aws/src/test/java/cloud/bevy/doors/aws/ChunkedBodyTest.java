package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.doors.aws.Authenticator.SigningContext;
import cloud.bevy.doors.aws.ChunkedBody.Framing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// aws-chunked bodies: the examples of the S3 reference, every way of cutting, and tampering.
class ChunkedBodyTest {
  private static final PayloadKind.Chunked SIGNED = new PayloadKind.Chunked(true, false);
  private static final PayloadKind.Chunked SIGNED_TRAILER = new PayloadKind.Chunked(true, true);
  private static final PayloadKind.Chunked UNSIGNED = new PayloadKind.Chunked(false, true);
  private static final CredentialScope SCOPE = new CredentialScope("20130524", "us-east-1", "s3");
  private static final SigningKey KEY =
      SigningKey.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", SCOPE);
  private static final String EXAMPLE_SEED =
      "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
  private static final String TRAILER_SEED =
      "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";

  @Test
  void theExampleOfSignedChunksIsDecoded() throws IOException {
    String wire =
        chunk(65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648")
            + chunk(1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497")
            + chunk(0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
    ChunkedBody body = body(wire, 66560, SIGNED, EXAMPLE_SEED);
    assertThat(body.readAllBytes()).isEqualTo("a".repeat(66560).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theExampleOfSignedChunksWithATrailerIsDecoded() throws IOException {
    ChunkedBody body = body(trailerExample("sOO8/Q=="), 66560, SIGNED_TRAILER, TRAILER_SEED);
    assertThat(body.readAllBytes()).hasSize(66560);
    assertThat(body.trailer()).isEqualTo(Map.of("x-amz-checksum-crc32c", "sOO8/Q=="));
  }

  @Test
  void aTrailerThatWasChangedIsRefused() {
    ChunkedBody body = body(trailerExample("sOO8/w=="), 66560, SIGNED_TRAILER, TRAILER_SEED);
    assertRefused(body::readAllBytes, S3Error.SIGNATURE_DOES_NOT_MATCH);
  }

  @Test
  void aChunkThatWasChangedIsRefused() {
    String wire =
        chunk(65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648")
            .replaceFirst("aaaa\r\n", "aaab\r\n");
    assertRefused(
        body(wire, 66560, SIGNED, EXAMPLE_SEED)::readAllBytes, S3Error.SIGNATURE_DOES_NOT_MATCH);
  }

  @Test
  void chunksInAnotherOrderAreRefused() {
    String wire =
        chunk(1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497")
            + chunk(65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
    assertRefused(
        body(wire, 66560, SIGNED, EXAMPLE_SEED)::readAllBytes, S3Error.SIGNATURE_DOES_NOT_MATCH);
  }

  @Test
  void aSignedBodyThatStopsBetweenChunksIsRefused() {
    String wire = chunk(65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
    assertRefused(body(wire, 66560, SIGNED, EXAMPLE_SEED)::readAllBytes, S3Error.INCOMPLETE_BODY);
  }

  @Test
  void moreOrLessThanTheDeclaredLengthIsRefused() {
    assertRefused(unsigned("5\r\nhello\r\n0\r\n\r\n", 4)::readAllBytes, S3Error.INCOMPLETE_BODY);
    assertRefused(unsigned("5\r\nhello\r\n0\r\n\r\n", 6)::readAllBytes, S3Error.INCOMPLETE_BODY);
    assertRefused(unsigned("5\r\nhello\r\n0\r\n\r\nX", 5)::readAllBytes, S3Error.INCOMPLETE_BODY);
  }

  @Test
  void whatIsNoChunkIsRefused() {
    for (String wire :
        new String[] {
          "",
          "hello",
          "-5\r\nhello\r\n0\r\n\r\n",
          "5 \r\nhello\r\n0\r\n\r\n",
          "ffffffffffffffff\r\nhello",
          "5\r\nhelloo\r\n0\r\n\r\n",
          "5\r\nhell\r\n0\r\n\r\n",
          "\r\n",
          "0\r\n"
        }) {
      assertRefused(unsigned(wire, 5)::readAllBytes, S3Error.INCOMPLETE_BODY);
    }
  }

  @Test
  void anEndlessLineIsRefused() {
    String wire = "5;" + "x".repeat(5000) + "\r\nhello\r\n0\r\n\r\n";
    assertRefused(unsigned(wire, 5)::readAllBytes, S3Error.INCOMPLETE_BODY);
  }

  @Test
  void aFloodOfTrailersOrOneTwiceIsRefused() {
    String flood = "0\r\n";
    for (int i = 0; i < 17; i++) {
      flood += "x" + i + ":y\r\n";
    }
    assertRefused(unsigned(flood + "\r\n", 0)::readAllBytes, S3Error.MALFORMED_TRAILER);
    assertRefused(unsigned("0\r\na:1\r\nA:2\r\n\r\n", 0)::readAllBytes, S3Error.MALFORMED_TRAILER);
    assertRefused(unsigned("0\r\nno colon\r\n\r\n", 0)::readAllBytes, S3Error.MALFORMED_TRAILER);
  }

  @Test
  void aTrailerThatWasAnnouncedAndIsMissingIsRefused() {
    byte[] wire = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    Framing framing = new Framing(UNSIGNED, 0, Set.of("x-amz-checksum-crc32"));
    ChunkedBody body = new ChunkedBody(new ByteArrayInputStream(wire), framing, Optional.empty());
    assertRefused(body::readAllBytes, S3Error.MALFORMED_TRAILER);
  }

  @Property(tries = 100)
  void howEverABodyIsCutItReadsTheSame(
      @ForAll @Size(max = 2000) byte[] bytes, @ForAll @IntRange(min = 1, max = 700) int size)
      throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += size) {
      int length = Math.min(size, bytes.length - at);
      wire.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      wire.write(bytes, at, length);
      wire.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    wire.writeBytes("0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    ChunkedBody body =
        new ChunkedBody(
            new ByteArrayInputStream(wire.toByteArray()),
            new Framing(UNSIGNED, bytes.length, Set.of("x-amz-checksum-crc32")),
            Optional.empty());
    assertThat(body.readAllBytes()).isEqualTo(bytes);
    assertThat(body.trailer()).containsEntry("x-amz-checksum-crc32", "AAAAAA==");
  }

  private static String trailerExample(String checksum) {
    return chunk(65536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2")
        + chunk(1024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7")
        + "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
        + "x-amz-checksum-crc32c:"
        + checksum
        + "\r\nx-amz-trailer-signature:"
        + "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n";
  }

  private static String chunk(int size, String signature) {
    return Integer.toHexString(size)
        + ";chunk-signature="
        + signature
        + "\r\n"
        + "a".repeat(size)
        + "\r\n";
  }

  private static ChunkedBody unsigned(String wire, long declared) {
    return body(wire, declared, UNSIGNED, "");
  }

  private static ChunkedBody body(
      String wire, long declared, PayloadKind.Chunked kind, String seed) {
    SigningContext context = new SigningContext(KEY, SCOPE, "20130524T000000Z", seed);
    byte[] bytes = wire.getBytes(StandardCharsets.ISO_8859_1);
    Set<String> announced =
        kind.signed() && kind.trailer() ? Set.of("x-amz-checksum-crc32c") : Set.of();
    return new ChunkedBody(
        new ByteArrayInputStream(bytes),
        new Framing(kind, declared, announced),
        Optional.of(context));
  }

  private static void assertRefused(ThrowingCallable read, S3Error error) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            S3Exception.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }
}
