package cloud.bevy.doors.aws;

import java.io.IOException;

/// Ends a multipart upload without an object, and gives the space of its parts back.
final class AbortMultipartUpload implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    if (!call.bucket().uploads().abort(Uploading.address(call))) {
      throw S3Error.NO_SUCH_UPLOAD.refused();
    }
    call.sendEmpty(204);
  }
}
