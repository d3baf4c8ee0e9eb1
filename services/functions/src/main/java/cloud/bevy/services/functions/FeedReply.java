package cloud.bevy.services.functions;

import java.io.IOException;
import java.util.List;

/// What a function has answered that was told of records, as `entry.js` passes it on.
///
/// @param status the HTTP status
/// @param body JSON; as far as it was read
record FeedReply(int status, byte[] body) {
  /// A batch has at most 1,000 records, and a function may name each of them.
  static final int MOST_BYTES = 256 << 10;

  private static final int TAKEN = 200;
  private static final int NO_HANDLER = 501;

  /// What that means.
  FeedTarget.Answer answer() {
    if (body.length > MOST_BYTES) {
      return new FeedTarget.Answer.Refused("its answer has more than " + MOST_BYTES + " bytes");
    }
    try {
      Section said = new Section("the answer", Json.object(body));
      return switch (status) {
        case TAKEN -> taken(said);
        case NO_HANDLER -> new FeedTarget.Answer.Unasked(error(said));
        default -> new FeedTarget.Answer.Refused(error(said));
      };
    } catch (IOException | Refusal unreadable) {
      return new FeedTarget.Answer.Refused(
          "it answered with status " + status + " and something unreadable");
    }
  }

  private static FeedTarget.Answer taken(Section said) {
    List<String> failures =
        said.members().get("failures") instanceof List<?> named
            ? named.stream().map(String::valueOf).toList()
            : List.of();
    return failures.isEmpty()
        ? new FeedTarget.Answer.Taken()
        : new FeedTarget.Answer.Partly(failures);
  }

  private static String error(Section said) throws Refusal {
    return said.text("message").orElse("it gave no reason");
  }
}
