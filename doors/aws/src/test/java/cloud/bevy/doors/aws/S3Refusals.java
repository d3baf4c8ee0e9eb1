package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What the SDK makes of S3's errors.
final class S3Refusals {
  private S3Refusals() {}

  /// Whether a call is refused with a code.
  static void assertRefused(S3Error error, ThrowingCallable call) {
    Consumer<S3Exception> check =
        refused -> {
          Assertions.assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(error.code());
          Assertions.assertThat(refused.statusCode()).isEqualTo(error.status());
          Assertions.assertThat(refused.requestId()).isNotEmpty();
        };
    assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, check);
  }
}
