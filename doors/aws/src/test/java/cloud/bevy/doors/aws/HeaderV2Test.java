package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HeaderV2Test {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aRequestSignedWithVersion2IsAnswered() throws IOException {
    assertThat(send(Instant.now(), SERVER.key().secret())).startsWith("HTTP/1.1 200");
  }

  @Test
  void anotherSecretIsRefused() throws IOException {
    assertThat(send(Instant.now(), "another"))
        .contains("403", "<Code>SignatureDoesNotMatch</Code>");
  }

  @Test
  void clocksThatDifferByMoreThanAQuarterOfAnHourAreRefused() throws IOException {
    assertThat(send(Instant.now().minus(Duration.ofMinutes(16)), SERVER.key().secret()))
        .contains("403", "<Code>RequestTimeTooSkewed</Code>");
  }

  @Test
  void aRequestWithoutADateOrWithOneBeforeTheEpochIsDenied() throws IOException {
    String key = SERVER.key().id() + ":c2ln";
    assertThat(raw("AWS " + key).sendUnsigned()).contains("403", "<Code>AccessDenied</Code>");
    assertThat(raw("AWS " + key).header("Date", "Tue, 07 Jul 1950 21:53:04 GMT").sendUnsigned())
        .contains("403", "<Code>AccessDenied</Code>");
  }

  @Test
  void aHeaderWithoutASignatureIsRefused() throws IOException {
    assertThat(raw("AWS HAHAHA").sendUnsigned()).contains("400", "<Code>InvalidArgument</Code>");
  }

  @Test
  void theExampleOfTheUserGuideVerifies() {
    String toSign = "GET\n\n\nTue, 27 Mar 2007 19:36:42 +0000\n/awsexamplebucket1/photos/puppy.jpg";
    assertThat(
            CanonicalV2.verifies(
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", toSign, "qgk2+6Sv9/oM7G3qLEjTH1a1l1g="))
        .isTrue();
  }

  private static RawS3 raw(String authorization) {
    return new RawS3(SERVER, "GET", "/")
        .header("Host", "127.0.0.1:" + SERVER.address().getPort())
        .header("Authorization", authorization);
  }

  private static String send(Instant moment, String secret) throws IOException {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC));
    String signature = hmac(secret, "GET\n\n\n" + date + "\n/");
    return raw("AWS " + SERVER.key().id() + ":" + signature).header("Date", date).sendUnsigned();
  }

  private static String hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
