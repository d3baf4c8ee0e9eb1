package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.StreamReader;
import cloud.bevy.services.tables.StreamView;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What requests say of streams.
final class StreamParameters {
  /// The member that says whether a table has a stream.
  static final Shape.Member SPECIFICATION =
      Shape.member(
          "StreamSpecification",
          new Shape.Structure(
              "StreamSpecification",
              Shape.member("StreamEnabled", Shape.Scalar.FLAG, new Constraint.NotNull()),
              Shape.word(
                  "StreamViewType", "OLD_IMAGE", "KEYS_ONLY", "NEW_AND_OLD_IMAGES", "NEW_IMAGE")));

  static final Shape.Member STREAM = Shape.text("StreamArn", new Constraint.NotNull());
  static final int MOST_LISTED = 100;
  static final Shape.Member LIMIT =
      Shape.whole("Limit", new Constraint.AtLeast(1), new Constraint.AtMost(MOST_LISTED));

  private static final Constraint SHORTEST_SHARD = new Constraint.Shortest(28);
  private static final Constraint LONGEST_SHARD = new Constraint.Longest(65);

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:dynamodb:[^:]*:[0-9]*:table/([^/]+)/stream/([^/]+)");

  private StreamParameters() {}

  /// A member that names a shard.
  static Shape.Member shard(String name, Constraint... more) {
    return more.length == 0
        ? Shape.text(name, SHORTEST_SHARD, LONGEST_SHARD)
        : Shape.text(name, more[0], SHORTEST_SHARD, LONGEST_SHARD);
  }

  /// What the stream of a new table shows; null for none.
  ///
  /// @throws DynamoRefusal if what is said does not go together
  static @Nullable StreamView ofNew(Parameters parameters) {
    return view(
        parameters,
        "Table is being created with a stream enabled, UpdateViewType is required",
        "Table is being created with a stream disabled, UpdateViewType should not be specified");
  }

  /// What the stream of a table is to show that is changed; null where it is to be switched off.
  ///
  /// @throws DynamoRefusal if what is said does not go together
  static @Nullable StreamView ofChange(Parameters parameters) {
    return view(
        parameters,
        "If stream is being enabled then UpdateViewType is required",
        "If stream is being disabled, then UpdateViewType must not be specified");
  }

  private static @Nullable StreamView view(Parameters parameters, String missing, String more) {
    Parameters specification = parameters.structure("StreamSpecification");
    String view = specification.text("StreamViewType");
    if (!specification.flag("StreamEnabled", false)) {
      if (view != null) {
        throw DynamoRefusal.validation(INVALID + more);
      }
      return null;
    }
    if (view == null) {
      throw DynamoRefusal.validation(INVALID + missing);
    }
    return StreamView.valueOf(view);
  }

  /// Refuses what cannot be changed together with a stream.
  static void checkAlone(Parameters parameters) {
    boolean provisions =
        parameters.has("ProvisionedThroughput")
            || parameters.text("BillingMode", "").equals("PROVISIONED");
    if (provisions) {
      throw DynamoRefusal.validation(
          INVALID + "You cannot modify stream status while updating table IOPS");
    }
    if (!parameters.structures("GlobalSecondaryIndexUpdates").isEmpty()) {
      throw DynamoRefusal.validation(
          INVALID + "You cannot create or delete index while changing stream status");
    }
    if (parameters.has("DeletionProtectionEnabled")) {
      throw DynamoRefusal.validation(
          INVALID + "DeletionProtection modification must be the only operation in the request");
    }
  }

  /// The parts of a stream's ARN: the first group is its table's name, the second its label.
  ///
  /// @throws DynamoRefusal if it is none
  static Matcher parts(String arn) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw DynamoRefusal.validation("Invalid StreamArn");
    }
    return parts;
  }

  /// The stream that a request is about.
  ///
  /// @throws DynamoRefusal if there is none, or it can no longer be read
  static StreamReader stream(DynamoCall call) {
    String arn = call.parameters().needed("StreamArn");
    Matcher parts = parts(arn);
    return call.tables()
        .streams()
        .find(parts.group(1), parts.group(2))
        .orElseThrow(() -> DynamoRefusal.noStream(arn));
  }
}
