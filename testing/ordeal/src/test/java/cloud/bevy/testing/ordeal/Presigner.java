package cloud.bevy.testing.ordeal;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Makes URLs that anybody can upload to.
final class Presigner implements AutoCloseable {
  private static final Duration VALID = Duration.ofMinutes(10);

  private final S3Presigner presigner;

  Presigner(BevyProcess bevy, Map<String, String> environment) {
    presigner =
        S3Presigner.builder()
            .endpointOverride(bevy.endpoint())
            .region(BevyProcess.REGION)
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .credentialsProvider(BevyProcess.credentials(environment))
            .build();
  }

  URI put(String bucket, String key) throws URISyntaxException {
    return presigner
        .presignPutObject(
            r -> r.signatureDuration(VALID).putObjectRequest(p -> p.bucket(bucket).key(key)))
        .url()
        .toURI();
  }

  @Override
  public void close() {
    presigner.close();
  }
}
