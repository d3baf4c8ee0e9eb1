package cloud.bevy.doors.aws;

import java.io.IOException;

/// One of S3's operations: reads its request, asks the service, writes the answer. Holds nothing.
interface S3Operation {
  /// Carries the operation out.
  ///
  /// @throws S3Exception where the answer is an error
  /// @throws IOException where the caller is gone
  void answer(S3Call call) throws IOException;

  /// Its name in the Amazon S3 API Reference, which is that of its class.
  default String name() {
    return getClass().getSimpleName();
  }
}
