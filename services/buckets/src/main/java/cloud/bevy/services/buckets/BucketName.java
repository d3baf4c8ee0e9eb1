package cloud.bevy.services.buckets;

import java.util.Optional;
import java.util.regex.Pattern;

/// A bucket's name, by S3's rules for general purpose buckets: 3 to 63 lower-case letters, digits,
/// `-` and `.`, so that it can stand in a host name. [#PAST] is not part of one: that is how a
/// bucket as it was is called.
public record BucketName(String text) {
  private static final Pattern LABELS =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

  /// Stands between a bucket's name and a point in time where `@` cannot.
  public static final String PAST = "--at--";

  private static final int SHORTEST = 3;
  private static final int LONGEST = 63;

  /// Checks the rules.
  public BucketName {
    if (!valid(text)) {
      throw new IllegalArgumentException("not a bucket's name: \"" + text + '"');
    }
  }

  /// The name, or nothing where the text breaks a rule.
  public static Optional<BucketName> of(String text) {
    return valid(text) ? Optional.of(new BucketName(text)) : Optional.empty();
  }

  private static boolean valid(String text) {
    return text.length() >= SHORTEST
        && text.length() <= LONGEST
        && LABELS.matcher(text).matches()
        && !ADDRESS.matcher(text).matches()
        && !text.contains(PAST)
        && !text.startsWith("xn--")
        && !text.startsWith("sthree-")
        && !text.startsWith("amzn-s3-demo-")
        && !text.endsWith("-s3alias")
        && !text.endsWith("--ol-s3")
        && !text.endsWith(".mrap")
        && !text.endsWith("--x-s3")
        && !text.endsWith("--table-s3");
  }

  @Override
  public String toString() {
    return text;
  }
}
