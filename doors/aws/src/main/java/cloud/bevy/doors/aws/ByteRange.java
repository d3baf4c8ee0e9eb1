package cloud.bevy.doors.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of an object: `length` bytes from `offset`.
record ByteRange(long offset, long length) {
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,19})-([0-9]{0,19})");

  /// What a `Range` header asks of an object.
  sealed interface Asked {
    /// The whole object, because the header asks for nothing that S3 gives in part.
    record Whole() implements Asked {}

    /// A part of it.
    record Part(ByteRange range) implements Asked {}

    /// Nothing that the object has.
    record Unsatisfiable() implements Asked {}
  }

  /// Resolves a header (RFC 9110, section 14.1.2). What is malformed and what asks for several
  /// ranges is ignored, as S3 does.
  static Asked ask(String header, long size) {
    Matcher match = FORM.matcher(header.strip());
    if (!match.matches() || header.strip().endsWith("=-")) {
      return new Asked.Whole();
    }
    if (match.group(1).isEmpty()) {
      return part(Math.max(0, size - number(match.group(2))), size - 1, size);
    }
    long first = number(match.group(1));
    long last = match.group(2).isEmpty() ? Long.MAX_VALUE : number(match.group(2));
    return last < first ? new Asked.Whole() : part(first, Math.min(last, size - 1), size);
  }

  /// The range from `first` to `last`, both included, as `x-amz-copy-source-range` writes it.
  ///
  /// @return nothing where it is written in another way
  static Optional<Asked> exactly(String header, long size) {
    Matcher match = FORM.matcher(header);
    if (!match.matches() || match.group(1).isEmpty() || match.group(2).isEmpty()) {
      return Optional.empty();
    }
    long first = number(match.group(1));
    long last = number(match.group(2));
    if (first > last) {
      return Optional.empty();
    }
    return Optional.of(
        last >= size
            ? new Asked.Unsatisfiable()
            : new Asked.Part(new ByteRange(first, last - first + 1)));
  }

  /// The form of `Content-Range`.
  String contentRange(long size) {
    return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
  }

  private static Asked part(long first, long last, long size) {
    return first >= size
        ? new Asked.Unsatisfiable()
        : new Asked.Part(new ByteRange(first, last - first + 1));
  }

  /// Numbers that do not fit are as good as the largest that does.
  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLarge) {
      return Long.MAX_VALUE;
    }
  }
}
