package cloud.bevy.doors.aws;

import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

/// A client that sends no checksums of its own, as those of before 2025.
final class UncheckedClient {
  private UncheckedClient() {}

  /// One that is like another in all else.
  static S3Client like(S3Client other) {
    S3ServiceClientConfiguration of = other.serviceClientConfiguration();
    return S3Client.builder()
        .endpointOverride(of.endpointOverride().orElseThrow())
        .region(of.region())
        .credentialsProvider(of.credentialsProvider())
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .build();
  }
}
