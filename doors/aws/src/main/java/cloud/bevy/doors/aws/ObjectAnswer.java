package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Checksum;
import cloud.bevy.services.buckets.ObjectPart;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The head of the answer to a GET or HEAD of an object: what of it is sent, and its headers.
final class ObjectAnswer {
  private static final String PART = "partNumber";

  private final S3Call call;
  private final StoredObject object;

  private ObjectAnswer(S3Call call, StoredObject object) {
    this.call = call;
    this.object = object;
  }

  /// Sets status and headers.
  ///
  /// @return which bytes to send, or nothing where the answer was sent: the caller has the object
  static Optional<ByteRange> begin(S3Call call, StoredObject object) throws IOException {
    return new ObjectAnswer(call, object).begin();
  }

  /// Checks that the number of a part is one, were there no object.
  static void checkPart(S3Call call) throws S3Exception {
    if (call.query().has(PART)) {
      var _ = Uploading.partNumber(call);
    }
  }

  private Optional<ByteRange> begin() throws IOException {
    Preconditions conditions = Preconditions.read(call, "");
    Preconditions.Result result = conditions.check(object.etag(), object.modified());
    return switch (result) {
      case FAILED -> throw conditions.failed("", result);
      case NOT_MODIFIED -> {
        ObjectHeaders.answer(call, object);
        call.sendEmpty(304);
        yield Optional.empty();
      }
      case PROCEED -> Optional.of(proceed());
    };
  }

  private ByteRange proceed() throws S3Exception {
    ByteRange whole = new ByteRange(0, object.size());
    Optional<String> header = call.header("Range");
    if (call.query().has(PART)) {
      if (header.isPresent()) {
        throw S3Error.INVALID_REQUEST.refused(
            "Cannot specify both Range header and partNumber query parameter");
      }
      return part(Uploading.partNumber(call));
    }
    ByteRange.Asked asked =
        header.isPresent()
            ? ByteRange.ask(header.get(), object.size())
            : new ByteRange.Asked.Whole();
    return switch (asked) {
      case ByteRange.Asked.Unsatisfiable() -> throw unsatisfiable();
      case ByteRange.Asked.Part(ByteRange range) -> {
        if (range.equals(whole)) {
          answerChecksum(object.checksum());
        }
        yield partial(range);
      }
      case ByteRange.Asked.Whole() -> {
        answerChecksum(object.checksum());
        ObjectHeaders.answer(call, object);
        yield whole;
      }
    };
  }

  private S3Exception unsatisfiable() {
    call.answerHeader("Content-Range", "bytes */" + object.size());
    return S3Error.INVALID_RANGE
        .refused()
        .with("RangeRequested", call.header("Range").orElse(""))
        .with("ActualObjectSize", object.size());
  }

  private ByteRange part(int number) throws S3Exception {
    List<ObjectPart> parts = object.parts();
    if (parts.isEmpty() && number == 1) {
      answerChecksum(object.checksum());
      return partial(new ByteRange(0, object.size()));
    }
    long offset = 0;
    for (ObjectPart part : parts) {
      if (part.number() == number) {
        answerChecksum(part.checksum().filter(this::isLikeTheWhole));
        call.answerHeader("x-amz-mp-parts-count", Integer.toString(parts.size()));
        return partial(new ByteRange(offset, part.size()));
      }
      offset += part.size();
    }
    throw S3Error.INVALID_PART_NUMBER
        .refused()
        .with("ActualPartCount", Math.max(1, parts.size()))
        .with("PartNumberRequested", number);
  }

  /// A checksum of another algorithm than that of the whole is its part's no more.
  private boolean isLikeTheWhole(Checksum ofPart) {
    return object.checksum().filter(whole -> whole.algorithm() == ofPart.algorithm()).isPresent();
  }

  /// An object of no bytes has no range to name.
  private ByteRange partial(ByteRange range) {
    ObjectHeaders.answer(call, object);
    if (object.size() > 0) {
      call.exchange().status(206);
      call.answerHeader("Content-Range", range.contentRange(object.size()));
    }
    return range;
  }

  private void answerChecksum(Optional<Checksum> checksum) {
    boolean asked = call.header("x-amz-checksum-mode").orElse("").equalsIgnoreCase("ENABLED");
    if (asked && checksum.isPresent()) {
      ChecksumHeaders.answer(call, checksum.get());
      // S3 says of a part's checksum what kind the whole object's is
      object.checksum().ifPresent(whole -> ChecksumHeaders.answerType(call, whole.composite()));
    }
  }
}
