package cloud.bevy.doors.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a function as AWS has it: `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, where the
/// account is any, as a cloud's buckets tell only its own functions.
record FunctionArn(String region, String name) {
  private static final Pattern FORM =
      Pattern.compile("arn:aws:lambda:([a-zA-Z0-9-]{1,64}):[0-9]{0,12}:function:([a-z0-9-]{1,63})");

  static Optional<FunctionArn> read(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new FunctionArn(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }
}
