package cloud.bevy.doors.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a topic as AWS has it: `arn:aws:sns:REGION:ACCOUNT:TOPIC`, where the account is any,
/// as a cloud's buckets tell only its own topics, and the topic is MQTT's: it may have slashes.
record TopicArn(String region, String topic) {
  private static final Pattern FORM =
      Pattern.compile("arn:aws:sns:([a-zA-Z0-9-]{1,64}):[0-9]{0,12}:(.{1,256})");

  static Optional<TopicArn> read(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new TopicArn(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }
}
