package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.ListPosition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Where a listing goes on, in a form that callers need not understand.
final class ContinuationToken {
  private static final char AFTER_KEY = 'k';
  private static final char AFTER_PREFIX = 'p';

  private ContinuationToken() {}

  /// The token of a position.
  static String text(ListPosition position) {
    String plain =
        switch (position) {
          case ListPosition.Start() -> "";
          case ListPosition.AfterKey(String key) -> AFTER_KEY + key;
          case ListPosition.AfterId(String key, String id) -> AFTER_KEY + key;
          case ListPosition.AfterPrefix(String prefix) -> AFTER_PREFIX + prefix;
        };
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /// The position of a token.
  ///
  /// @return nothing where the text is no token
  static Optional<ListPosition> read(String token) {
    String plain;
    try {
      plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    String text = plain.isEmpty() ? "" : plain.substring(1);
    return switch (plain.isEmpty() ? ' ' : plain.charAt(0)) {
      case AFTER_KEY -> Optional.of(new ListPosition.AfterKey(text));
      case AFTER_PREFIX -> Optional.of(new ListPosition.AfterPrefix(text));
      default -> Optional.empty();
    };
  }

  /// The position in a parameter; the start where there is no such parameter.
  static ListPosition position(S3Call call, String parameter) throws S3Exception {
    Optional<String> token = call.query().first(parameter).filter(text -> !text.isEmpty());
    if (token.isEmpty()) {
      return ListPosition.START;
    }
    return read(token.get())
        .orElseThrow(() ->
            S3Error.INVALID_ARGUMENT
                .refused("The continuation token provided is incorrect")
                .with("ArgumentName", parameter));
  }
}
