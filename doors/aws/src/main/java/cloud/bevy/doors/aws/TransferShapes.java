package cloud.bevy.doors.aws;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What requests say of exports and imports.
final class TransferShapes {
  /// How many are listed at once, at most.
  static final int MOST_LISTED = 25;

  static final Shape.Member BUCKET =
      Shape.text(
          "S3Bucket",
          new Constraint.NotNull(),
          new Constraint.Longest(255),
          new Constraint.Matches("^[a-z0-9A-Z]+[\\.\\-\\w]*[a-z0-9A-Z]+$"));

  static final Shape.Member OWNER =
      Shape.text("S3BucketOwner", new Constraint.Matches("[0-9]{12}"));
  static final Shape.Member TABLE =
      Shape.text("TableArn", new Constraint.Shortest(1), new Constraint.Longest(1024));

  private static final Pattern TABLE_ARN =
      Pattern.compile("arn:aws[a-z-]*:dynamodb:[^:]*:[0-9]*:table/([a-zA-Z0-9_.-]{3,255})");
  private static final Pattern ARN =
      Pattern.compile(
          "arn:([^:]*):([^:]*):([^:]*):([^:]*):table/([a-zA-Z0-9_.-]{3,255})"
              + "/(export|import)/([0-9]{14}-[0-9a-f]{8})");
  private static final int TOKEN_LENGTH = 112;

  private TransferShapes() {}

  /// An ARN that must be there.
  static Shape.Member arn(String name) {
    return Shape.text(
        name, new Constraint.NotNull(), new Constraint.Shortest(37), new Constraint.Longest(1024));
  }

  /// How many are to be listed.
  static Shape.Member limit(String name) {
    return Shape.whole(name, new Constraint.AtLeast(1), new Constraint.AtMost(MOST_LISTED));
  }

  static int limit(Parameters parameters, String name) {
    Long limit = parameters.whole(name);
    return limit == null ? MOST_LISTED : limit.intValue();
  }

  /// The name of the table of an ARN.
  ///
  /// @throws DynamoRefusal if it is none
  static String table(String arn) {
    Matcher table = TABLE_ARN.matcher(arn);
    if (!table.matches()) {
      throw DynamoRefusal.validation("Invalid TableArn: " + arn);
    }
    return table.group(1);
  }

  /// The name of the table whose exports or imports are wanted; null for those of all.
  static @Nullable String listed(Parameters parameters) {
    String arn = parameters.text("TableArn");
    return arn == null ? null : table(arn);
  }

  /// The id of an export or an import, and the name of its table.
  record Named(String table, String id) {}

  /// What an ARN names.
  ///
  /// @param kind `Export` or `Import`
  /// @throws DynamoRefusal if it names nothing of the caller's
  static Named named(DynamoCall call, String arn, String kind) {
    String[] parts = arn.split(":", 6);
    boolean foreign =
        parts.length == 6
            && parts[0].equals("arn")
            && !call.origin().arn("").startsWith(String.join(":", parts).substring(0, end(parts)));
    if (foreign) {
      throw DynamoRefusal.foreign();
    }
    Matcher named = ARN.matcher(arn);
    if (!named.matches() || !named.group(6).equalsIgnoreCase(kind)) {
      throw DynamoRefusal.validation("Invalid " + kind + " ARN");
    }
    return new Named(named.group(5), named.group(7));
  }

  /// Where what says whose something is ends in an ARN.
  private static int end(String[] parts) {
    int end = 0;
    for (int part = 0; part < 5; part++) {
      end += parts[part].length() + 1;
    }
    return end;
  }

  /// What says that a listing goes on behind an id.
  static String token(String id) {
    String hex = HexFormat.of().formatHex(id.getBytes(StandardCharsets.US_ASCII));
    return hex + "0".repeat(TOKEN_LENGTH - hex.length());
  }

  /// The id behind which a listing is to go on; empty where it is to begin.
  ///
  /// @throws DynamoRefusal if the token is none
  static String after(Parameters parameters) {
    String token = parameters.text("NextToken");
    if (token == null) {
      return "";
    }
    try {
      String text =
          new String(HexFormat.of().parseHex(token), StandardCharsets.US_ASCII).replace("\0", "");
      if (text.matches("[0-9]{14}-[0-9a-f]{8}") && token(text).equals(token)) {
        return text;
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw DynamoRefusal.validation("Invalid NextToken");
  }
}
